import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ImportedDataset, ImportRecords } from './ports';
import { errorName, UserError } from '../shared/errors';
import { parseS3Uri } from '../shared/s3-uri';

export function importRecords(s3: S3Client): ImportRecords {
  return {
    async read(uri) {
      const { bucket, key } = parseS3Uri(uri);
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return decode(uri, await Body!.transformToString());
      } catch (error) {
        if (['NoSuchKey', 'NoSuchBucket'].includes(errorName(error))) return undefined;
        throw error;
      }
    },
  };
}

function decode(uri: string, text: string): ImportedDataset {
  const { teamId, datasetId } = JSON.parse(text) as Partial<ImportedDataset>;
  if (typeof teamId === 'number' && typeof datasetId === 'number') return { teamId, datasetId };
  throw new UserError(`${uri} is not the record of an import of this release of the library: deploy both together`);
}
