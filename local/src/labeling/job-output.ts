import type { AnsweredObject, ConsolidatedLabel, Consolidation } from './labeled-object';
import type { Records } from './records';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';
import { formatS3Uri, joinS3, parseS3Uri, type S3Location } from '../services/sagemaker/s3-uri';

/** Everything that a job writes, below `<S3OutputPath>/<job name>/`. */
export class JobOutput {
  private readonly base: S3Location;
  private readonly newest = new Map<string, number>();

  constructor(private readonly core: EngineCore, private readonly job: LabelingJob) {
    this.base = joinS3(parseS3Uri(job.request.OutputConfig.S3OutputPath)!, job.name);
  }

  /** One file a worker's answer, named by its time. */
  async workerResponse(iteration: number, datasetObjectId: string, answer: object): Promise<string> {
    const folder = `annotations/worker-response/iteration-${iteration}/${datasetObjectId}`;
    return this.putJson(this.timestamped(folder), { answers: [answer] });
  }

  async consolidationRequest(iteration: number, objects: readonly AnsweredObject[]): Promise<string> {
    return this.putJson(this.timestamped(`annotations/consolidated-annotation/consolidation-request/iteration-${iteration}`), objects.map((object) => ({
      datasetObjectId: object.datasetObjectId,
      dataObject: object.data.source !== undefined ? { content: object.data.source } : { s3Uri: object.data.sourceRef },
      annotations: object.annotations.map(({ workerId, answer }) => ({ workerId, annotationData: { content: JSON.stringify(answer) } })),
    })));
  }

  async consolidationResponse(iteration: number, consolidation: Consolidation): Promise<void> {
    const attribute = this.job.request.LabelAttributeName;
    const entries = [...consolidation].flatMap(([datasetObjectId, result]) => (result instanceof Error ? [] : [{
      datasetObjectId,
      consolidatedAnnotation: { content: labelMembers(attribute, result) },
    }]));
    await this.putJson(this.timestamped(`annotations/consolidated-annotation/consolidation-response/iteration-${iteration}`), entries);
  }

  /** Line for line the input, labeled lines with their label. */
  async manifest(manifest: Records, labels: ReadonlyMap<number, string>): Promise<string> {
    const lines = Array.from({ length: manifest.size }, (_, index) => {
      const line = manifest.line(index);
      const members = labels.get(index);
      return members === undefined ? `${line}\n` : `${labeledLine(line, members)}\n`;
    });
    return this.put('manifests/output/output.manifest', lines.join(''), 'application/octet-stream');
  }

  /** The objects of one iteration that are labeled so far. */
  async intermediate(iteration: number, lines: readonly string[]): Promise<void> {
    await this.put(`annotations/intermediate/${iteration}/annotations.manifest`, lines.map((line) => `${line}\n`).join(''), 'application/octet-stream');
  }

  /** Names tell whole seconds: what comes within one second of the file before it is named by the next. */
  private timestamped(folder: string): string {
    const time = Math.max(this.core.clock.now(), (this.newest.get(folder) ?? 0) + 1000);
    this.newest.set(folder, time);
    return `${folder}/${new Date(time).toISOString().slice(0, 19).replace('T', '_')}.json`;
  }

  private async putJson(name: string, content: unknown): Promise<string> {
    return this.put(name, JSON.stringify(content), 'application/json');
  }

  /** Stores something below the job's folder and returns its URI. */
  async put(name: string, body: string | Buffer, contentType: string): Promise<string> {
    const { bucket, key } = joinS3(this.base, name);
    const kmsKeyId = this.job.request.OutputConfig.KmsKeyId;
    await this.core.call('s3', 'PutObject', {
      Bucket: bucket,
      Key: key,
      Body: typeof body === 'string' ? Buffer.from(body) : body,
      ContentType: contentType,
      ...(kmsKeyId ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId } : {}),
    });
    return formatS3Uri({ bucket, key });
  }
}

/** The label and its metadata as they stand in a line. */
export function labelMembers(attribute: string, { label, metadata }: ConsolidatedLabel): Record<string, unknown> {
  return { [attribute]: label, [`${attribute}-metadata`]: metadata };
}

/** Adds the label's members, as JSON, to a line; the line's own text stays as it is unless it has such members already. */
export function labeledLine(line: string, members: string): string {
  const added = JSON.parse(members) as Record<string, unknown>;
  if (Object.keys(added).some((name) => mayHave(line, name))) {
    return JSON.stringify({ ...JSON.parse(line) as object, ...added });
  }
  const open = line.trimEnd().slice(0, -1).trimEnd();
  return `${open}${open.endsWith('{') ? '' : ','}${members.slice(1)}`;
}

/** Whether a line could have a member of a name, judged by its text, which is much cheaper than parsing it. */
function mayHave(line: string, name: string): boolean {
  return line.includes(`"${name}"`) || /\\u00[2-7][0-9a-fA-F]/.test(line);
}
