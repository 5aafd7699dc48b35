import { FakeFiles } from './fake-files';
import { Crash, FakeServer } from './fake-server';
import { importImages } from '../../../runtime/supervisely-dataset-import/import';
import type { Ports } from '../../../runtime/supervisely-dataset-import/ports';
import type { DatasetImportAnswer, ImportEvent, ImportFailure, ImportRecord } from '../../../src/supervisely/private/dataset-import-contract';

export const FOLDER = { bucket: 'state', prefix: 'guid/imports/addr/identity/' };
export const MANIFEST = 's3://labels/output.manifest';
const MANY = 10_000;

/** An import on a server and a store in memory. */
export class FakeImport {
  readonly server = new FakeServer();
  readonly files = new FakeFiles();
  readonly clock = { now: 1_000_000 };
  /** Milliseconds that each call has. */
  remaining = 600_000;

  constructor(private readonly definition: Partial<ImportEvent> = {}) {}

  get ports(): Ports {
    return {
      objects: this.files,
      connect: () => this.server,
      executions: { start: async () => undefined, running: async function* () { yield* []; }, failure: async () => undefined, stop: async () => undefined },
      invoke: async () => null,
      now: () => this.clock.now,
      remaining: () => this.remaining,
      sleep: async () => undefined,
    };
  }

  manifest(lines: ReadonlyArray<object | string>): this {
    this.files.texts.set(MANIFEST, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
    return this;
  }

  step(changes: Partial<ImportEvent> = {}): Promise<DatasetImportAnswer> {
    return importImages({
      action: 'import',
      connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn:secret' },
      target: { WorkspaceId: '349', ProjectName: 'Moved', DatasetName: 'fruit' },
      folder: FOLDER,
      manifestUri: MANIFEST,
      attempt: 1,
      labels: [{ attribute: 'boxes', form: 'BOUNDING_BOX' }],
      transfer: 'LINK',
      labeledTag: 'ground-truth',
      ...this.definition,
      ...changes,
    }, this.ports);
  }

  /** What the state machine does: it calls until it is done, and again when a call has broken off. */
  async run(changes: Partial<ImportEvent> = {}): Promise<DatasetImportAnswer> {
    for (let calls = 0; calls < MANY; calls++) {
      try {
        const answer = await this.step(changes);
        if (answer.next === 'done') return answer;
        this.clock.now += answer.waitSeconds! * 1000;
      } catch (error) {
        if (!(error instanceof Crash) && (error as Error).name !== 'SuperviselyBusy') throw error;
      }
    }
    throw new Error('it does not end');
  }

  get record(): ImportRecord {
    return JSON.parse(this.files.text(`s3://${FOLDER.bucket}/${FOLDER.prefix}import.json`)) as ImportRecord;
  }

  get failed(): ImportFailure[] {
    return this.files.text(`s3://${FOLDER.bucket}/${FOLDER.prefix}failed.jsonl`).split('\n').filter(Boolean).map((line) => JSON.parse(line) as ImportFailure);
  }
}

/** A line with a box of the class with this name, or with none at all. */
export function boxLine(image: string, className?: string, left = 1): object {
  return {
    'source-ref': `s3://photos/${image}`,
    'camera': 'one',
    ...className !== undefined && {
      'boxes': { image_size: [{ width: 100, height: 80, depth: 3 }], annotations: [{ class_id: 0, left, top: 2, width: 3, height: 4 }] },
      'boxes-metadata': { 'class-map': { 0: className }, 'human-annotated': 'yes' },
    },
  };
}
