import type { SuperviselyJobSpec } from '../../src/model/supervisely/job-request';
import type { Dataset } from '../shared/supervisely/datasets';
import { SuperviselyError } from '../shared/supervisely/errors';

/** Thousands of ids may be declared. */
const MAX_LENGTH = 200;

/** The server's word for a selection without images. It has no code of its own for that. */
export function isEmptySelection(error: unknown): error is SuperviselyError {
  return error instanceof SuperviselyError && error.status === 400 && /no images found/i.test(error.reason);
}

/** What selects images, and what can be done about it. */
export function describeEmptySelection({ id, name }: Pick<Dataset, 'id' | 'name'>, made: SuperviselyJobSpec): string {
  const { imageIds, imagesRange, includeImagesWithTags, excludeImagesWithTags } = made;
  const chosen = Object.entries({ imageIds, imagesRange, includeImagesWithTags, excludeImagesWithTags }).filter(([, value]) => value !== undefined)
    .map(([what, value]) => `${what} ${JSON.stringify(value).slice(0, MAX_LENGTH)}`);
  const selection = chosen.length > 0 ? `has no image that is selected by ${chosen.join(', ')}` : 'has no image';
  return `the dataset ${id} ("${name}") ${selection}: add images to it, or widen the selection`;
}
