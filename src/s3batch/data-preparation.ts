import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InvocationSchemaVersion, StorageClass } from './object-attributes';
import { ObjectFunction } from './object-function';
import { Operation } from './operation';
import { ComputeChecksumOptions, RestoreOptions } from './operation-options';
import { PreparationStepKind } from './private/data-preparation-contract';
import { OperationDefinition } from './private/operation-definition';
import { isKnown } from '../private/tokens';

/** Folder of the copies in the labeling bucket. */
const DEFAULT_COPY_PREFIX = 'data';

/** Options of `DataPreparation.copy()`. */
export interface CopyPreparationOptions {
  /**
   * The bucket of the copies.
   *
   * @default - the bucket of the prepared data, which workers' browsers may read
   */
  readonly targetBucket?: s3.IBucket;

  /**
   * Folder of the copies; their keys follow.
   *
   * @default 'data'
   */
  readonly targetKeyPrefix?: string;

  /**
   * Storage class of the copies. Workers can see none that has to be restored first.
   *
   * @default - S3's own, StorageClass.STANDARD
   */
  readonly storageClass?: StorageClass;

  /**
   * Key with which S3 encrypts the copies (SSE-KMS).
   *
   * @default - as the target bucket does it
   */
  readonly encryptionKey?: kms.IKey;
}

/** Options of `DataPreparation.forEachObject()`. */
export interface ForEachObjectOptions {
  /**
   * What every call brings along: 1 to 10 texts.
   *
   * @default - none
   */
  readonly userArguments?: { [key: string]: string };

  /**
   * The bucket to which the function writes the objects whose `source-ref` it answers. It gets the right to write there.
   *
   * @default - the bucket of the prepared data
   */
  readonly resultBucket?: s3.IBucket;
}

/**
 * Where a step stands.
 *
 * @internal
 */
export interface PreparationPlace {
  /** The bucket of the prepared data. */
  readonly bucket: s3.IBucket;
}

/**
 * A step as the preparation carries it out.
 *
 * @internal
 */
export interface BoundPreparationStep {
  readonly kind: PreparationStepKind;
  readonly operation: OperationDefinition;
  readonly target?: { readonly bucket: s3.IBucket; readonly prefix: string };
  /** Where the objects may lie afterwards; nothing: where they lay. */
  readonly moves?: { readonly to: { readonly bucket: s3.IBucket; readonly keys: string }; readonly all: boolean };
  /** What writes there. */
  readonly writer?: ObjectFunction;
}

/**
 * A step that prepares data before it is labeled: a job of S3 Batch Operations over all objects that came through the steps before.
 *
 * What fails goes no further; it is reported and not labeled.
 */
export abstract class DataPreparation {
  /**
   * Restores archived objects, and waits until all of them can be read, which takes hours. Objects that are not archived go on as they are.
   *
   * @param options for how long, and how fast
   */
  public static restore(options: RestoreOptions = {}): DataPreparation {
    return new BoundLater(() => ({ kind: 'restore', operation: Operation.restore(options)._definition }));
  }

  /**
   * Copies each object, of at most 5 GB; the copies are labeled.
   *
   * @param options where to
   */
  public static copy(options: CopyPreparationOptions = {}): DataPreparation {
    return new BoundLater(({ bucket }) => {
      const { targetBucket = bucket, targetKeyPrefix = DEFAULT_COPY_PREFIX, ...more } = options;
      const prefix = isKnown(targetKeyPrefix) ? targetKeyPrefix.replace(/\/+$/, '') : targetKeyPrefix;
      const operation = Operation.copyObjects({ targetBucket, targetKeyPrefix: prefix, ...more })._definition;
      return { kind: 'copy', operation, target: { bucket: targetBucket, prefix }, moves: { to: { bucket: targetBucket, keys: `${prefix}/*` }, all: true } };
    });
  }

  /**
   * Computes a checksum of each object, which stands in its line of the labeling manifest under `checksum`: what was labeled can be told from what
   * lies there later.
   *
   * @param options of which sort
   */
  public static checksum(options: ComputeChecksumOptions = {}): DataPreparation {
    return new BoundLater(() => ({ kind: 'checksum', operation: Operation.computeChecksum(options)._definition }));
  }

  /**
   * Calls a function for each object. An object that it answers goes into the line of the labeling manifest; a `source-ref` in it says that the
   * prepared object lies elsewhere.
   *
   * @param objectFunction the function; it gets the right to read the objects
   * @param options what it is told
   */
  public static forEachObject(objectFunction: ObjectFunction, options: ForEachObjectOptions = {}): DataPreparation {
    return new BoundLater(({ bucket }) => ({
      kind: 'function',
      operation: Operation.invokeFunction({
        function: objectFunction.lambdaFunction, userArguments: options.userArguments, invocationSchemaVersion: InvocationSchemaVersion.V2_0,
      })._definition,
      writer: objectFunction,
      moves: { to: { bucket: options.resultBucket ?? bucket, keys: '*' }, all: false },
    }));
  }

  /** @internal */
  public abstract _bind(place: PreparationPlace): BoundPreparationStep;
}

class BoundLater extends DataPreparation {
  constructor(private readonly bind: (place: PreparationPlace) => BoundPreparationStep) {
    super();
  }

  public _bind(place: PreparationPlace): BoundPreparationStep {
    return this.bind(place);
  }
}
