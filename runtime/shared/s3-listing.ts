import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

export interface ListedObject {
  readonly key: string;
  readonly size: number;
}

/** All objects under a prefix, in the order of their keys' bytes. Keys are asked for encoded: XML cannot hold every character of a key. */
export async function* listKeys(s3: S3Client, bucket: string, prefix: string, after?: string): AsyncGenerator<ListedObject> {
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({
      Bucket: bucket, Prefix: prefix, StartAfter: after, ContinuationToken: token, EncodingType: 'url',
    }));
    for (const { Key, Size } of page.Contents ?? []) yield { key: decodeKey(Key!), size: Size ?? 0 };
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** As in a form: a blank is a plus, and a plus is encoded. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replace(/\+/g, ' '));
}
