import { HEAVIEST } from './job-fleet-contract';
import { LabelerLimit, labelingJobProblems, MOST_IMAGE_IDS } from './labeling-job-validation';
import { wholeNumberProblems } from './validation';
import { isKnown } from '../../private/tokens';
import { Dataset } from '../dataset';
import { JobFleetProps } from '../job-fleet-props';
import { LabelingJobProps } from '../labeling-job-props';

/** Their ids are an attribute, and the answer to CloudFormation has 4,096 bytes. */
const LABELERS: LabelerLimit = { most: 200, otherwise: 'several fleets' };
/** Stands for a fleet's sets where a job has one dataset. */
const ANY_DATASET = Dataset.fromDatasetId(1);

/** All that is wrong with a fleet's properties, as far as synthesis can know. */
export function jobFleetProblems(props: JobFleetProps): string[] {
  const { imageSets, labelers } = props;
  const named = imageSets.reduce((sum, { _named }) => sum + _named, 0);
  return [
    ...labelingJobProblems(asJob(props), LABELERS),
    ...(imageSets.length === 0 ? ['\'imageSets\' is empty, name at least one'] : []),
    ...(named > MOST_IMAGE_IDS ? [`'imageSets' name ${named} images one by one, at most ${MOST_IMAGE_IDS} fit: give images a tag, and use ImageSet.fromTags()`] : []),
    ...labelers.flatMap(({ weight }) => (isKnown(weight) ? wholeNumberProblems('labelers.weight', weight, 1, HEAVIEST) : [])),
  ];
}

/** A fleet's declaration in the form of a job's, for what both have in common. */
export function asJob({ labelers, imageSets: _, rejectedImages: __, ...props }: JobFleetProps): LabelingJobProps {
  return { ...props, dataset: ANY_DATASET, labelers: labelers.map(({ labeler }) => labeler) };
}
