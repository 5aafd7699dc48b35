import { BOUNDING_BOX, BOUNDING_BOX_ADJUSTMENT } from './bounding-box';
import { MULTI_LABEL, SINGLE_LABEL } from './classification';
import { NAMED_ENTITIES } from './named-entities';
import { PASS_THROUGH } from './pass-through';
import { POINT_CLOUD_OBJECT_DETECTION, POINT_CLOUD_OBJECT_TRACKING } from './point-cloud-objects';
import { POINT_CLOUD_SEGMENTATION } from './point-cloud-segmentation';
import { SEGMENTATION_ADJUSTMENT, SEMANTIC_SEGMENTATION } from './semantic-segmentation';
import type { TaskKind } from './task-kind';
import { BOUNDING_BOX_VERIFICATION, SEGMENTATION_VERIFICATION } from './verification';
import { VIDEO_OBJECT_DETECTION, VIDEO_OBJECT_TRACKING } from './video-frames';
import type { TaskType } from '../../services/sagemaker/task-types';

/** How each built-in task type is worked on, by the suffix of its functions. */
const KINDS: Readonly<Record<string, TaskKind>> = {
  'ImageMultiClass': SINGLE_LABEL,
  'ImageMultiClassMultiLabel': MULTI_LABEL,
  'BoundingBox': BOUNDING_BOX,
  'SemanticSegmentation': SEMANTIC_SEGMENTATION,
  'TextMultiClass': SINGLE_LABEL,
  'TextMultiClassMultiLabel': MULTI_LABEL,
  'NamedEntityRecognition': NAMED_ENTITIES,
  'VideoMultiClass': SINGLE_LABEL,
  'VideoObjectDetection': VIDEO_OBJECT_DETECTION,
  'VideoObjectTracking': VIDEO_OBJECT_TRACKING,
  '3DPointCloudObjectDetection': POINT_CLOUD_OBJECT_DETECTION,
  '3DPointCloudObjectTracking': POINT_CLOUD_OBJECT_TRACKING,
  '3DPointCloudSemanticSegmentation': POINT_CLOUD_SEGMENTATION,
  'VerificationBoundingBox': BOUNDING_BOX_VERIFICATION,
  'AdjustmentBoundingBox': BOUNDING_BOX_ADJUSTMENT,
  'VerificationSemanticSegmentation': SEGMENTATION_VERIFICATION,
  'AdjustmentSemanticSegmentation': SEGMENTATION_ADJUSTMENT,
  'AdjustmentVideoObjectDetection': VIDEO_OBJECT_DETECTION,
  'AdjustmentVideoObjectTracking': VIDEO_OBJECT_TRACKING,
  'Adjustment3DPointCloudObjectDetection': POINT_CLOUD_OBJECT_DETECTION,
  'Adjustment3DPointCloudObjectTracking': POINT_CLOUD_OBJECT_TRACKING,
  'Adjustment3DPointCloudSemanticSegmentation': POINT_CLOUD_SEGMENTATION,
  'PassThrough': PASS_THROUGH,
};

/** Custom workflows are worked on as `PassThrough` is. */
export function kindOf({ suffix }: TaskType): TaskKind {
  return KINDS[suffix] ?? PASS_THROUGH;
}
