import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ResultFiles } from './ports';
import { S3ExportFiles } from '../labels-export/s3-files';
import { S3Objects } from '../shared/s3-objects';
import { parseS3Uri } from '../shared/s3-uri';

export class S3ResultFiles extends S3ExportFiles implements ResultFiles {
  private readonly objects: S3Objects;

  constructor(private readonly client: S3Client) {
    super(client);
    this.objects = new S3Objects(client);
  }

  async put(uri: string, ContentType: string, Body: Uint8Array): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ContentType, Body }));
  }

  exists(uri: string): Promise<boolean> {
    return this.objects.exists(uri);
  }
}
