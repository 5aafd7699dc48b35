import * as kms from 'aws-cdk-lib/aws-kms';
import { keyArnProblems } from './private/value-problems';
import { refuse } from '../private/errors';

/** How S3 encrypts a manifest that it generates. */
export class GeneratedManifestEncryption {
  /** With S3's own keys. */
  public static readonly SSE_S3: GeneratedManifestEncryption = new GeneratedManifestEncryption({ SSES3: {} });

  /**
   * With a key of AWS KMS. The job's role is allowed to use it.
   *
   * @param key the key
   */
  public static sseKms(key: kms.IKey): GeneratedManifestEncryption {
    return new GeneratedManifestEncryption({ SSEKMS: { KeyId: key.keyArn } }, key);
  }

  /** @internal */
  public readonly _members: Record<string, unknown>;
  /** @internal */
  public readonly _key?: kms.IKey;

  private constructor(members: Record<string, unknown>, key?: kms.IKey) {
    this._members = members;
    this._key = key;
  }
}

/** Options of `ObjectEncryptionFilter.sseKms()`. */
export interface SseKmsFilterOptions {
  /**
   * Only objects that this key encrypts.
   *
   * @default - any key
   */
  readonly key?: kms.IKey;

  /**
   * Only objects with an S3 bucket key; `false` for those without.
   *
   * @default - either
   */
  readonly bucketKeyEnabled?: boolean;
}

/**
 * How objects are encrypted that a generated manifest lists.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ObjectEncryptionFilter.html
 */
export class ObjectEncryptionFilter {
  /** With S3's own keys (SSE-S3). */
  public static readonly SSE_S3: ObjectEncryptionFilter = new ObjectEncryptionFilter({ SSES3: {} });
  /** With keys that whoever wrote them brought along (SSE-C). */
  public static readonly SSE_C: ObjectEncryptionFilter = new ObjectEncryptionFilter({ SSEC: {} });
  /** Not at all. */
  public static readonly NOT_SSE: ObjectEncryptionFilter = new ObjectEncryptionFilter({ NOTSSE: {} });

  /**
   * With keys of AWS KMS (SSE-KMS).
   *
   * @param options which of them
   */
  public static sseKms(options: SseKmsFilterOptions = {}): ObjectEncryptionFilter {
    refuse('ObjectEncryptionFilter.sseKms', keyArnProblems('key', options.key));
    return new ObjectEncryptionFilter({ SSEKMS: { KmsKeyArn: options.key?.keyArn, BucketKeyEnabled: options.bucketKeyEnabled } });
  }

  /**
   * With keys of AWS KMS, in two layers (DSSE-KMS).
   *
   * @param key only this key; any without it
   */
  public static dsseKms(key?: kms.IKey): ObjectEncryptionFilter {
    refuse('ObjectEncryptionFilter.dsseKms', keyArnProblems('key', key));
    return new ObjectEncryptionFilter({ DSSEKMS: { KmsKeyArn: key?.keyArn } });
  }

  /** @internal */
  public readonly _members: Record<string, unknown>;

  private constructor(members: Record<string, unknown>) {
    this._members = members;
  }
}
