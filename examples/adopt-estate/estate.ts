import type { Kind } from './kinds';

/** How a job ended, or that it has not. */
export type State = 'goes on' | 'completed' | 'completed with failed objects' | 'failed for a while' | 'failed for good' | 'stopped by a person' | 'too old';

/** A job as it was made by somebody, some day. */
export interface EstateJob {
  /** Names show who made a job: people in the console, Terraform, scripts. */
  readonly name: string;
  readonly kind: Kind;
  readonly state: State;
  readonly team: 'readers' | 'painters' | 'drivers' | 'listeners';
  readonly role: string;
  /** Where the labels go: buckets and folders as everybody liked. */
  readonly output: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const CONSOLE = { role: 'service-role/AmazonSageMaker-ExecutionRole-20240311T101500', output: 's3://sagemaker-labels' };
const TERRAFORM = { role: 'ground-truth', output: 's3://ml-platform-data/labels/', tags: { 'terraform': 'true', 'cost-center': '4711' } };
const SCRIPT = { role: 'labeling', output: 's3://research-data/labeled/2026', tags: { owner: 'vision-lab' } };

/** Thirty jobs of eleven kinds. */
export const ESTATE: readonly EstateJob[] = [
  { name: 'mails-spam', kind: 'text', state: 'completed', team: 'readers', ...CONSOLE },
  { name: 'mails-spam-clone', kind: 'text', state: 'stopped by a person', team: 'readers', ...CONSOLE },
  { name: 'mails-spam-clone-2', kind: 'text', state: 'completed with failed objects', team: 'readers', ...CONSOLE },
  { name: 'tf-20260611093012345600000001', kind: 'text', state: 'goes on', team: 'readers', ...TERRAFORM },
  { name: 'tf-20260611093012345600000002', kind: 'text', state: 'failed for a while', team: 'readers', ...TERRAFORM },
  { name: 'tf-20260611093012345600000003', kind: 'text', state: 'too old', team: 'readers', ...TERRAFORM },
  { name: 'topics', kind: 'topics', state: 'completed', team: 'readers', ...CONSOLE },
  { name: 'topics-v2', kind: 'topics', state: 'goes on', team: 'readers', ...CONSOLE },
  { name: 'tf-20260702140501112200000001', kind: 'topics', state: 'failed for good', team: 'readers', ...TERRAFORM },
  { name: 'names-in-mails', kind: 'names', state: 'completed', team: 'readers', ...SCRIPT },
  { name: 'names-in-mails-batch-2', kind: 'names', state: 'goes on', team: 'readers', ...SCRIPT },
  { name: 'photos', kind: 'image', state: 'completed', team: 'painters', ...CONSOLE },
  { name: 'photos-2', kind: 'image', state: 'completed with failed objects', team: 'painters', ...CONSOLE },
  { name: 'photos-3', kind: 'image', state: 'goes on', team: 'painters', ...CONSOLE },
  { name: 'tf-20260815070000000000000001', kind: 'image', state: 'too old', team: 'painters', ...TERRAFORM },
  { name: 'scenes-a', kind: 'scenes', state: 'completed', team: 'painters', ...SCRIPT },
  { name: 'scenes-b', kind: 'scenes', state: 'goes on', team: 'painters', ...SCRIPT },
  { name: 'scenes-c', kind: 'scenes', state: 'stopped by a person', team: 'painters', ...SCRIPT },
  { name: 'boxes-2026-03', kind: 'boxes', state: 'completed', team: 'painters', ...SCRIPT },
  { name: 'boxes-2026-04', kind: 'boxes', state: 'failed for a while', team: 'painters', ...SCRIPT },
  { name: 'boxes-2026-05', kind: 'boxes', state: 'stopped by a person', team: 'painters', ...SCRIPT },
  { name: 'boxes-2026-06', kind: 'boxes', state: 'goes on', team: 'painters', ...SCRIPT },
  { name: 'masks-1', kind: 'masks', state: 'completed', team: 'painters', ...SCRIPT },
  { name: 'masks-2', kind: 'masks', state: 'goes on', team: 'painters', ...SCRIPT },
  { name: 'drive-0001-frames', kind: 'frames', state: 'completed', team: 'drivers', ...TERRAFORM },
  { name: 'drive-0002-frames', kind: 'frames', state: 'goes on', team: 'drivers', ...TERRAFORM },
  { name: 'drive-0001-lidar', kind: 'lidar', state: 'completed', team: 'drivers', ...TERRAFORM },
  { name: 'drive-0002-lidar', kind: 'lidar', state: 'goes on', team: 'drivers', ...TERRAFORM },
  { name: 'moods-of-mails', kind: 'moods', state: 'too old', team: 'listeners', ...SCRIPT },
  { name: 'notes-on-mails', kind: 'notes', state: 'completed', team: 'readers', ...CONSOLE },
];

/** Names of the jobs in some state. */
export function inState(...states: readonly State[]): string[] {
  return ESTATE.filter(({ state }) => states.includes(state)).map(({ name }) => name);
}
