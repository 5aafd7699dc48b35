import { CopyObjectsOptions } from './copy-objects-options';
import {
  ComputeChecksumOptions, InvokeFunctionOptions, LegalHoldOptions, ReplaceAclOptions, ReplaceTagsOptions, RestoreOptions, RetentionOptions,
  UpdateEncryptionOptions,
} from './operation-options';
import { copyOperation } from './private/copy-operation';
import { invokeOperation } from './private/invoke-operation';
import {
  computeChecksumOperation, legalHoldOperation, replaceAclOperation, replaceTagsOperation, restoreOperation, retentionOperation, updateEncryptionOperation,
} from './private/object-operations';
import { OperationDefinition } from './private/operation-definition';

/**
 * What a job does to each object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-operations.html
 */
export class Operation {
  /**
   * Copies each object, of at most 5 GB. Archived objects must be restored first.
   *
   * @param options where to, and what is different about the copies
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-copy-object.html
   */
  public static copyObjects(options: CopyObjectsOptions): Operation {
    return new Operation(copyOperation(options));
  }

  /**
   * Invokes a Lambda function for each object.
   *
   * @param options which function, and what every call brings along
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
   */
  public static invokeFunction(options: InvokeFunctionOptions): Operation {
    return new Operation(invokeOperation(options));
  }

  /**
   * Gives all objects the same tags, in place of all that they have.
   *
   * @param options the tags
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-put-object-tagging.html
   */
  public static replaceTags(options: ReplaceTagsOptions): Operation {
    return new Operation(replaceTagsOperation(options));
  }

  /**
   * Takes all tags off the objects.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-delete-object-tagging.html
   */
  public static deleteTags(): Operation {
    return new Operation({ name: 'S3DeleteObjectTagging', parameters: {} });
  }

  /**
   * Starts to restore archived objects. The job completes when all restores have *begun*: their ends are events of the bucket.
   *
   * @param options for how long, and how fast
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-initiate-restore-object.html
   */
  public static restore(options: RestoreOptions = {}): Operation {
    return new Operation(restoreOperation(options));
  }

  /**
   * Gives all objects the same access control list, in place of that which they have.
   *
   * @param options the list
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-put-object-acl.html
   */
  public static replaceAcl(options: ReplaceAclOptions): Operation {
    return new Operation(replaceAclOperation(options));
  }

  /**
   * Puts objects on legal hold, or takes it off. Their bucket must have Object Lock.
   *
   * @param options which of the two
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-legal-hold.html
   */
  public static legalHold(options: LegalHoldOptions): Operation {
    return new Operation(legalHoldOperation(options));
  }

  /**
   * Retains objects until a date, or takes retention away. Their bucket must have Object Lock.
   *
   * @param options how, and until when
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-retention-date.html
   */
  public static retention(options: RetentionOptions): Operation {
    return new Operation(retentionOperation(options));
  }

  /**
   * Replicates objects that are there already, as their bucket's replication configuration says.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-batch.html
   */
  public static replicate(): Operation {
    return new Operation({ name: 'S3ReplicateObject', parameters: {} });
  }

  /**
   * Computes a checksum of each object, which stands in the completion report alone: the job must have one of all tasks.
   *
   * @param options of which sort
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-compute-checksums.html
   */
  public static computeChecksum(options: ComputeChecksumOptions = {}): Operation {
    return new Operation(computeChecksumOperation(options));
  }

  /**
   * Encrypts objects with another key of AWS KMS, without copying them.
   *
   * @param options the key
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-update-encryption.html
   */
  public static updateEncryption(options: UpdateEncryptionOptions): Operation {
    return new Operation(updateEncryptionOperation(options));
  }

  /** @internal */
  public readonly _definition: OperationDefinition;

  private constructor(definition: OperationDefinition) {
    this._definition = definition;
  }
}
