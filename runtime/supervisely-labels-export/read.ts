import { labelImage } from './label-image';
import type { ExportPorts } from './ports';
import { ExportPlan, once, PartResult, PlannedImage, readJson, UnreadableImage, WorkFiles } from './work-files';
import { LABEL_KINDS } from '../../src/model/supervisely/export/label-format';
import { copyKey, ExportImage, manifestLine, sourceOf } from '../../src/model/supervisely/export/manifest-line';
import type { ServerAnnotation } from '../../src/model/supervisely/export/server-annotation';
import { decodeConnection } from '../../src/supervisely/private/connection-contract';
import { EXPORT_FILES, ExportProgress, ReadEvent } from '../../src/supervisely/private/labels-export-contract';
import { mapBounded } from '../shared/bounded';
import { isTransient, UserError } from '../shared/errors';
import { log } from '../shared/log';
import { under } from '../shared/s3-uri';
import type { Downloader } from '../shared/supervisely/client';
import { SuperviselyError } from '../shared/supervisely/errors';
import { allOf } from '../shared/supervisely/pages';

/** Images of a part; a page of the server. */
const PART_IMAGES = 500;
/** As many as the server's own clients ask for at once. */
const ANNOTATIONS_AT_ONCE = 50;
const REQUESTS_AT_ONCE = 4;
const IMAGES_AT_ONCE = 8;
/** Masks are drawn one by one, and those of a part are in the memory together. */
const MASK_PART_IMAGES = 100;
/** What a part may take, unless one took longer; with less left of the invocation another one goes on. */
const PART_TIME_MS = 180_000;

/** Makes parts until its time is over. A part stands in a file of its own, so that whoever repeats it writes the same. */
export async function read(event: ReadEvent, ports: ExportPorts): Promise<ExportProgress> {
  const work = new WorkFiles(event);
  const plan = await readJson<ExportPlan>(work.plan, ports.files);
  if (!plan) throw new UserError('the plan of this run is gone: start another one');
  const part = new PartReader(event, plan, ports);
  const most = LABEL_KINDS[plan.format.kind].isReference ? MASK_PART_IMAGES : PART_IMAGES;
  let { from } = event;
  let longest = PART_TIME_MS;
  try {
    for await (const images of batches(ports.files.lines(work.images), from, most)) {
      const before = ports.remaining();
      await part.make(from, images);
      from += images.length;
      // the next one may take half as long again
      longest = Math.max(longest, (before - ports.remaining()) * 1.5);
      if (ports.remaining() < longest) return { next: 'read', from };
    }
  } catch (error) {
    if (from === event.from || !isTransient(error)) throw error;
    log('the rest is read by another call', { from, reason: (error as Error).message });
    return { next: 'read', from };
  }
  return { next: 'finish', from };
}

/** Images of one dataset each. */
async function* batches(lines: AsyncIterable<string>, from: number, most: number): AsyncIterable<PlannedImage[]> {
  let batch: PlannedImage[] = [];
  let passed = 0;
  for await (const line of lines) {
    if (passed++ < from) continue;
    const image = JSON.parse(line) as PlannedImage;
    if (batch.length === most || (batch.length > 0 && batch[0].datasetId !== image.datasetId)) {
      yield batch;
      batch = [];
    }
    batch.push(image);
  }
  if (batch.length > 0) yield batch;
}

interface Line {
  readonly record?: Readonly<Record<string, unknown>>;
  readonly planned: PlannedImage;
  readonly leftOut: number;
  readonly copied: boolean;
  readonly unreadable?: UnreadableImage;
}

class PartReader {
  private readonly work: WorkFiles;
  private readonly caller: Downloader;

  constructor(private readonly event: ReadEvent, private readonly plan: ExportPlan, private readonly ports: ExportPorts) {
    this.work = new WorkFiles(event);
    this.caller = ports.connect(decodeConnection(event.request.connection));
  }

  async make(from: number, planned: readonly PlannedImage[]): Promise<void> {
    const images = await this.images(planned);
    const annotations = await this.annotations(planned.filter(({ id, job, ifMarked }) => images.has(id) && (job !== undefined || ifMarked)));
    // an image that is gone has nothing that a line could name
    const there = planned.filter(({ id }) => images.has(id));
    const lines = await mapBounded(there, IMAGES_AT_ONCE, (image) => this.line(image, images.get(image.id)!, annotations.get(image.id)));
    const { files } = this.ports;
    const text = lines.flatMap(({ record }) => record ? [`${JSON.stringify(record)}\n`] : []).join('');
    await files.write(this.work.part(from, 'jsonl'), 'application/jsonlines', once(text));
    await files.write(this.work.part(from, 'json'), 'application/json', once(JSON.stringify(this.result(lines))));
    log('part written', { from, images: planned.length, lines: lines.length });
  }

  private async images(planned: readonly PlannedImage[]): Promise<Map<number, ExportImage>> {
    const images = await allOf<ExportImage>(this.caller, 'images.list', {
      projectId: null,
      datasetId: planned[0].datasetId,
      filter: [{ field: 'id', operator: 'in', value: planned.map(({ id }) => id) }],
      forceMetadataForLinks: true,
      recursive: false,
    });
    return new Map(images.map((image) => [image.id, image]));
  }

  /** In the server's own coordinates, not rounded: what rounding loses cannot be had back. */
  private async annotations(planned: readonly PlannedImage[]): Promise<Map<number, ServerAnnotation>> {
    const ids = planned.map(({ id }) => id);
    const chunks = Array.from({ length: Math.ceil(ids.length / ANNOTATIONS_AT_ONCE) }, (_, index) =>
      ids.slice(index * ANNOTATIONS_AT_ONCE, (index + 1) * ANNOTATIONS_AT_ONCE));
    const answers = await mapBounded(chunks, REQUESTS_AT_ONCE, (imageIds) => this.caller.call<ServerAnnotation[]>('annotations.bulk.info', {
      datasetId: planned[0].datasetId, imageIds, withCustomBigData: false, forceMetadataForLinks: true, integerCoords: false,
    }));
    return new Map(answers.flat().map((annotation) => [annotation.imageId, annotation]));
  }

  private async line(planned: PlannedImage, image: ExportImage, annotation: ServerAnnotation | undefined): Promise<Line> {
    const { resultUri, labelAttributeName } = this.event.request;
    const nothing = { planned, leftOut: 0, copied: false };
    const source = sourceOf(image) ?? await this.copy(image);
    if (typeof source !== 'string') return { ...nothing, unreadable: source };
    const copied = sourceOf(image) === undefined;
    const { leftOut, ...label } = annotation ? await labelImage(image, planned, annotation, this.plan, { files: this.ports.files, resultUri }) : { leftOut: 0 };
    return { ...nothing, record: manifestLine(image, source, labelAttributeName, label), leftOut, copied };
  }

  /** An image that only the server has is copied, once. */
  private async copy(image: ExportImage): Promise<string | UnreadableImage> {
    const { files } = this.ports;
    const uri = under(this.event.request.resultUri, `${EXPORT_FILES.images}/${copyKey(image)}`);
    if (await files.exists(uri)) return uri;
    try {
      await files.put(uri, image.mime ?? 'application/octet-stream', await this.caller.download('images.download', { id: image.id }));
      return uri;
    } catch (error) {
      if (!(error instanceof SuperviselyError)) throw error;
      return { id: image.id, name: image.name, reason: error.message };
    }
  }

  private result(lines: readonly Line[]): PartResult {
    const { labelAttributeName } = this.event.request;
    const metadataName = `${labelAttributeName}-metadata`;
    const written = lines.flatMap(({ record }) => (record ? [record] : []));
    const labeled = lines.filter(({ record }) => record?.[labelAttributeName] !== undefined);
    const failed = written.filter((record) => record[labelAttributeName] === undefined && record[metadataName] !== undefined).length;
    const byJob: Record<string, number> = {};
    for (const { planned: { job } } of labeled) if (job !== undefined) byJob[job] = (byJob[job] ?? 0) + 1;
    return {
      objects: written.length,
      labeled: labeled.length,
      failed,
      unlabeled: written.length - labeled.length - failed,
      leftOut: lines.reduce((sum, line) => sum + line.leftOut, 0),
      copied: lines.filter(({ copied }) => copied).length,
      byJob,
      unreadable: lines.flatMap(({ unreadable }) => unreadable ?? []),
      inputKeys: [...new Set(written.flatMap((record) => Object.keys(record)))].filter((key) => key !== labelAttributeName && key !== metadataName),
    };
  }
}
