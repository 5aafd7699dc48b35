import { type FleetLabelerProperties, HEAVIEST, type ImageSetProperties, type JobFleetProperties } from './job-fleet-contract';
import type { LabelingJobProperties } from './labeling-job-contract';
import { decodeLabelingJobProperties, decodeLabelingJobRemoval, type LabelingJobInput, type LabelingJobRemoval } from './labeling-job-decoding-contract';
import type { FleetSpec, ImageSetSpec } from '../../model/supervisely/fleet/fleet-spec';
import { integer, oneOf } from '../../private/property-decoding-contract';

/** The properties as the handler uses them. */
export interface JobFleetInput extends Omit<LabelingJobInput, 'spec'> {
  readonly spec: FleetSpec;
}

/** All that a Delete needs: nothing in it is refused. */
export type JobFleetRemoval = Omit<LabelingJobRemoval, 'spec'> & Pick<FleetSpec, 'teamId'> & { readonly imageSets: ReadonlyArray<Pick<ImageSetSpec, 'dataset'>> };

export function decodeJobFleetProperties(properties: JobFleetProperties): JobFleetInput {
  const { spec: { teamId, labelers, settings, editable, work: { classes, tags } }, ...input } = decodeLabelingJobProperties(asJob(properties));
  return {
    ...input,
    spec: {
      ...(teamId !== undefined && { teamId }),
      imageSets: properties.ImageSets.map((set) => imageSet(properties, set)),
      labelers: labelers.map((one, index) => ({ ...one, weight: weight(properties.Labelers[index], index) })),
      work: { ...(classes && { classes }), ...(tags && { tags }) },
      settings,
      editable,
      rejectedImages: oneOf('RejectedImages', properties.RejectedImages, ['RESTART', 'REPORT'], 'RESTART'),
    },
  };
}

export function decodeJobFleetRemoval(properties: JobFleetProperties): JobFleetRemoval {
  const { spec: { teamId }, ...removal } = decodeLabelingJobRemoval(asJob({ ...properties, Labelers: [] }));
  return { ...removal, teamId, imageSets: (properties.ImageSets ?? []).map((set) => ({ dataset: imageSet(properties, { Dataset: set.Dataset }).dataset })) };
}

/** A fleet says of each set what a job says of its images. */
function imageSet(properties: JobFleetProperties, { Dataset, ...Work }: ImageSetProperties): ImageSetSpec {
  const { dataset, work: { imageIds, includeImagesWithTags, excludeImagesWithTags } } = decodeLabelingJobRemoval(asJob(properties, { Dataset, Work })).spec;
  const included = includeImagesWithTags && { includeImagesWithTags };
  const excluded = excludeImagesWithTags && { excludeImagesWithTags };
  return { dataset, ...(imageIds && { imageIds }), ...included, ...excluded };
}

function asJob({ ImageSets: _, RejectedImages: __, ...properties }: JobFleetProperties, changes: Partial<LabelingJobProperties> = {}): LabelingJobProperties {
  return { Dataset: {}, ...properties, ...changes };
}

function weight({ Weight = '1' }: FleetLabelerProperties, index: number): number {
  const value = integer(`Labelers[${index}].Weight`, Weight);
  if (value < 1 || value > HEAVIEST) throw new Error(`Labelers[${index}].Weight: expected 1 to ${HEAVIEST}, got ${value}`);
  return value;
}
