import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import type { Body, Downloader } from '../../../runtime/shared/supervisely/client';
import { SuperviselyBusy, SuperviselyError } from '../../../runtime/shared/supervisely/errors';
import { handleExport } from '../../../runtime/supervisely-labels-export/handler';
import type { ResultFiles } from '../../../runtime/supervisely-labels-export/ports';
import type { ExportProgress, ExportRequest, LabelsExportedDetail, LabelsExportSummary } from '../../../src/supervisely/private/labels-export-contract';
import { FakeFiles } from '../labels-export/fake-files';

/** Breaks the call with this number, before or after it has done its work. */
export interface Fault {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export class World {
  readonly server = new FakeServer(this);
  readonly files = new FakeResult(this);
  calls = 0;
  fault: Fault | undefined;
  remaining = 600_000;

  async step<T>(work: () => Promise<T>): Promise<T> {
    const call = ++this.calls;
    if (this.fault?.call === call && this.fault.when === 'before') throw new SuperviselyBusy('any', 'connection refused');
    const result = await work();
    if (this.fault?.call === call) throw new SuperviselyBusy('any', 'connection reset');
    return result;
  }

  /** As the state machine calls the function; a step that fails is repeated twice. */
  async export(request: Partial<ExportRequest> = {}, run = 'run-1'): Promise<LabelsExportedDetail | undefined> {
    const ports = { connect: () => this.server, files: this.files, now: () => Date.UTC(2026, 10, 22), remaining: () => this.remaining };
    const common = { run, request: { ...REQUEST, ...request } };
    const call = async <T>(event: object): Promise<T> => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await handleExport({ ...common, ...event } as never, ports) as T;
        } catch (error) {
          if (attempt === 3 || !/SuperviselyBusy/.test(String(error))) {
            await handleExport({ ...common, action: 'clean' }, ports);
            throw error;
          }
        }
      }
    };
    let progress = await call<ExportProgress>({ action: 'plan' });
    while (progress.next === 'read') progress = await call<ExportProgress>({ action: 'read', from: progress.from });
    return progress.next === 'nothing' ? undefined : call<LabelsExportedDetail>({ action: 'finish' });
  }

  get lines(): Array<Record<string, any>> {
    return this.files.records('s3://out/labels/manifests/output/output.manifest');
  }

  get summary(): LabelsExportSummary {
    return JSON.parse(this.files.files.get('s3://out/labels/summary.json')!);
  }
}

const REQUEST: ExportRequest = {
  connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn:secret' },
  groups: [],
  jobIds: ['1'],
  resultUri: 's3://out/labels',
  labelAttributeName: 'fruit',
  escapeFormulas: true,
};

interface FakeImage {
  readonly id: number;
  readonly name: string;
  link: string | null;
  width: number | null;
  height: number | null;
  meta: Record<string, unknown>;
  objects: object[];
  tags: object[];
}

/** What an export asks of a server, with one project of one dataset. */
export class FakeServer implements Downloader {
  readonly serverUrl = 'https://supervisely.test';
  readonly jobs = new Map<number, Record<string, any>>();
  readonly images = new Map<number, FakeImage>();
  readonly asked: string[] = [];
  meta: Record<string, any> = { classes: [{ title: 'kiwi', shape: 'rectangle', color: '#00ff00' }, { title: 'lemon', shape: 'rectangle', color: '#ffff00' }], tags: [] };

  constructor(private readonly world: World) {}

  image(id: number, others: Partial<FakeImage> = {}): FakeImage {
    const image = { id, name: `${id}.jpg`, link: null, width: 10, height: 8, meta: { 'source-ref': `s3://in/${id}.jpg`, 'ticket': id }, objects: [], tags: [], ...others };
    this.images.set(id, image);
    return image;
  }

  job(id: number, entities: Record<number, string>, others: object = {}): void {
    this.jobs.set(id, {
      id, name: 'Fruit', status: 'completed', projectId: 5, datasetId: 50, labelerLogin: 'ann', finishedAt: '2026-01-01T00:00:00.000Z', meta: { classes: [], projectTags: [], imageTags: [] },
      entities: Object.entries(entities).map(([image, reviewStatus]) => ({ id: Number(image), name: `${image}.jpg`, reviewStatus })), ...others,
    });
  }

  async call<Answer>(method: string, body: Body): Promise<Answer> {
    this.asked.push(method);
    return this.world.step(async () => structuredClone(this.answer(method, body as any)) as Answer);
  }

  async download(method: string, body: Body): Promise<Uint8Array> {
    this.asked.push(method);
    return this.world.step(async () => {
      if (this.images.get(body.id as number)?.link?.includes('gone')) throw new SuperviselyError(method, 400, 'the content cannot be read');
      return Buffer.from(`bytes of ${body.id}`);
    });
  }

  private answer(method: string, body: any): unknown {
    const absent = (): never => { throw new SuperviselyError(method, 404, 'not found'); };
    switch (method) {
      case 'jobs.info': return this.jobs.get(body.id) ?? absent();
      case 'labeling-queues.info': return body.id === 9 ? { id: 9, name: 'Queue', teamId: 8, jobs: [{ id: 3 }] } : absent();
      case 'projects.meta': return this.meta;
      case 'datasets.info': return { id: 50, name: 'ds', projectId: 5, teamId: 8 };
      case 'images.list': return this.page([...this.images.values()].filter(({ id }) => body.filter.length === 0 || body.filter[0].value.includes(id)));
      case 'annotations.bulk.info': return body.imageIds.map((id: number) => {
        const { objects, tags } = this.images.get(id) ?? absent();
        return { imageId: id, updatedAt: '2026-01-03T00:00:00.000Z', annotation: { size: { width: null, height: null }, objects, tags } };
      });
      default: throw new Error(`the fake has no ${method}`);
    }
  }

  private page(entities: object[]): object {
    return { total: entities.length, perPage: 500, pagesCount: 1, entities };
  }
}

export const rectangle = (classTitle: string, exterior: number[][], others: object = {}): object =>
  ({ id: 1, classTitle, geometryType: 'rectangle', points: { exterior, interior: [] }, labelerLogin: 'ann', updatedAt: '2026-01-01T00:00:00.000Z', ...others });

/** Of rows of `#` and `.`, as most clients store them. */
export function bitmap(classTitle: string, origin: number[], rows: string[], others: object = {}): object {
  const data = Uint8Array.from(rows.join(''), (one) => Number(one === '#'));
  const png = encode({ width: rows[0].length, height: rows.length, data, depth: 8, channels: 1, palette: [[0, 0, 0, 0], [255, 255, 255, 255]] });
  return { id: 1, classTitle, geometryType: 'bitmap', bitmap: { data: deflateSync(png).toString('base64'), origin }, labelerLogin: 'ann', ...others };
}

class FakeResult extends FakeFiles implements ResultFiles {
  readonly bytes = new Map<string, Uint8Array>();

  constructor(private readonly world: World) {
    super();
  }

  override async write(uri: string, contentType: string, chunks: AsyncIterable<string>): Promise<void> {
    await this.world.step(() => super.write(uri, contentType, chunks));
  }

  override async join(uri: string, contentType: string, head: string, parts: readonly string[]): Promise<void> {
    await this.world.step(() => super.join(uri, contentType, head, parts));
  }

  override async remove(uris: readonly string[]): Promise<void> {
    await this.world.step(() => super.remove(uris));
  }

  override async* lines(uri: string): AsyncIterable<string> {
    await this.world.step(async () => undefined);
    yield* super.lines(uri);
  }

  async putBytes(uri: string, bytes: Uint8Array): Promise<void> {
    this.bytes.set(uri, bytes);
  }

  override put(uri: string, ...content: unknown[]): any {
    if (content.length === 1) return super.put(uri, content[0] as string);
    return this.world.step(() => this.putBytes(uri, content[1] as Uint8Array));
  }

  async exists(uri: string): Promise<boolean> {
    return this.world.step(async () => this.bytes.has(uri));
  }
}
