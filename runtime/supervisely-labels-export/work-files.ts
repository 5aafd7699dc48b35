import type { ExportPorts } from './ports';
import { LabelClass } from '../../src/model/supervisely/export/label-classes';
import type { LabelFormatSpec } from '../../src/model/supervisely/export/label-format';
import { EXPORT_FILES, ExportCounts, LabelsExportEvent } from '../../src/supervisely/private/labels-export-contract';
import { errorName } from '../shared/errors';
import { under } from '../shared/s3-uri';

/** `plan.json`: what holds for all images of a run. */
export interface ExportPlan {
  readonly projectId: number;
  readonly format: LabelFormatSpec;
  readonly classes: readonly LabelClass[];
  readonly jobs: readonly PlannedJob[];
  readonly missing: readonly number[];
  readonly completed: boolean;
}

export interface PlannedJob {
  readonly id: number;
  /** On the server. */
  readonly title: string;
  /** In labels. */
  readonly name: string;
  readonly status: string;
  readonly finishedAt: string | null;
  readonly labelerLogin: string;
}

/** A line of `images.jsonl`, in the order of the result. */
export interface PlannedImage {
  readonly id: number;
  readonly datasetId: number;
  /** Place of the job by which it is labeled. */
  readonly job?: number;
  readonly accepted?: true;
  /** Places of jobs whose labelers have drawn another answer. */
  readonly others?: readonly number[];
  /** In none of the jobs: labeled if anything is marked on it. */
  readonly ifMarked?: true;
}

/** What there is of a part, beside its lines. */
export interface PartResult extends ExportCounts {
  readonly leftOut: number;
  readonly copied: number;
  /** Images labeled by each job, by its place. */
  readonly byJob: Readonly<Record<string, number>>;
  /** Images whose bytes nobody can give; they have no line. */
  readonly unreadable: readonly UnreadableImage[];
  /** Keys of its lines without those of the label. */
  readonly inputKeys: readonly string[];
}

export interface UnreadableImage {
  readonly id: number;
  readonly name: string;
  readonly reason: string;
}

/** The files of a run, which go when it ends. */
export class WorkFiles {
  readonly folder: string;
  readonly plan: string;
  readonly images: string;

  constructor({ request, run }: Pick<LabelsExportEvent, 'request' | 'run'>) {
    this.folder = under(request.resultUri, `${EXPORT_FILES.work}/${run}`);
    this.plan = under(this.folder, 'plan.json');
    this.images = under(this.folder, 'images.jsonl');
  }

  /** Parts sort as the images do. */
  part(from: number, extension: 'jsonl' | 'json'): string {
    return under(this.folder, `parts/${String(from).padStart(9, '0')}.${extension}`);
  }

  get parts(): string {
    return under(this.folder, 'parts/');
  }
}

export async function* once(text: string): AsyncIterable<string> {
  yield text;
}

/** `undefined` where there is no such object, or no such bucket any more. */
export async function readJson<T>(uri: string, files: ExportPorts['files']): Promise<T | undefined> {
  let text = '';
  try {
    for await (const line of files.lines(uri)) text += line;
  } catch (error) {
    if (errorName(error) === 'NoSuchKey' || errorName(error) === 'NoSuchBucket') return undefined;
    throw error;
  }
  return JSON.parse(text) as T;
}
