import {
  AbortMultipartUploadCommand, CompletedPart, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, HeadObjectCommand,
  PutObjectCommand, S3Client, UploadPartCommand, UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { JoinPart, LEAST_PART_BYTES, planJoin, Slice } from '../../src/model/dataset/join-plan';
import { mapBounded } from '../shared/bounded';
import { parseS3Uri, S3Location } from '../shared/s3-uri';

/** Requests at once; what goes through the memory is at most as many parts. */
const AT_ONCE = 8;

/** One object of a text and other objects. What is large enough never leaves S3. The object appears whole or not at all. */
export async function joinObjects(s3: S3Client, target: S3Location, contentType: string, head: string, parts: readonly string[]): Promise<void> {
  const files = parts.map(parseS3Uri);
  const sizes = await mapBounded(files, AT_ONCE, async ({ bucket, key }) => {
    const { ContentLength } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return ContentLength!;
  });
  const source = new JoinSource(s3, Buffer.from(head), files);
  const plan = planJoin([source.head.length, ...sizes]);
  const to = { Bucket: target.bucket, Key: target.key };
  if (plan.length <= 1 && sizes.every((size) => size < LEAST_PART_BYTES)) {
    await s3.send(new PutObjectCommand({ ...to, ContentType: contentType, Body: await source.bytes(plan[0] ?? []) }));
    return;
  }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...to, ContentType: contentType }));
  try {
    const uploaded = await mapBounded(plan, AT_ONCE, (part, index) => source.upload(part, { ...to, UploadId, PartNumber: index + 1 }));
    await s3.send(new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts: uploaded } }));
  } catch (error) {
    // parts of an upload that never ends are stored and paid for; what went wrong matters more than whether this works
    await s3.send(new AbortMultipartUploadCommand({ ...to, UploadId })).catch(() => undefined);
    throw error;
  }
}

interface UploadTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
  readonly PartNumber: number;
}

/** The text as file 0, and the objects behind it. */
class JoinSource {
  constructor(private readonly s3: S3Client, readonly head: Buffer, private readonly files: readonly S3Location[]) {}

  async upload(part: JoinPart, target: UploadTarget): Promise<CompletedPart> {
    const { PartNumber } = target;
    const [slice] = part;
    if (part.length === 1 && slice.file > 0 && slice.to - slice.from >= LEAST_PART_BYTES) {
      const { bucket, key } = this.files[slice.file - 1];
      const CopySource = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
      const { CopyPartResult } = await this.s3.send(new UploadPartCopyCommand({ ...target, CopySource, CopySourceRange: range(slice) }));
      return { ETag: CopyPartResult!.ETag, PartNumber };
    }
    const { ETag } = await this.s3.send(new UploadPartCommand({ ...target, Body: await this.bytes(part) }));
    return { ETag, PartNumber };
  }

  async bytes(part: JoinPart): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for (const slice of part) pieces.push(await this.slice(slice));
    return Buffer.concat(pieces);
  }

  private async slice(slice: Slice): Promise<Uint8Array> {
    if (slice.file === 0) return this.head.subarray(slice.from, slice.to);
    const { bucket, key } = this.files[slice.file - 1];
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range(slice) }));
    return Body!.transformToByteArray();
  }
}

function range({ from, to }: Slice): string {
  return `bytes=${from}-${to - 1}`;
}
