import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IDependable } from 'constructs';
import { wholeNumberProblems } from './private/validation';
import { refuse } from '../private/errors';
import { S3Location } from '../private/s3-location';
import { isKnown } from '../private/tokens';
import type { LabelingJobProperties } from './private/labeling-job-contract';

/**
 * A dataset that is made after the deployment of whoever uses it.
 *
 * @internal
 */
export interface AwaitedDataset {
  /** What defines the import, 12 hex digits: jobs on another one are other jobs. */
  readonly identity: string;
  /** The import's record, `ImportRecord` as JSON; it is there when the dataset is complete. */
  readonly record: S3Location;
  /** Has the function called when the record is there, with this event. */
  wake(reconciler: lambda.IFunction, event: object): void;
  /** What makes the dataset: it stands before whoever uses it. */
  readonly maker: IDependable;
  /** The events that say that the import has ended without a record. */
  readonly failed?: events.EventPattern;
}

/** Images on the server. */
export class Dataset {
  /**
   * The dataset with this id.
   *
   * @param datasetId a whole number from 1
   */
  public static fromDatasetId(datasetId: number): Dataset {
    refuse('Dataset.fromDatasetId', wholeNumberProblems('datasetId', datasetId, 1));
    return new Dataset({ Id: datasetId });
  }

  /**
   * The dataset of this name in a project. It is looked up at deployment.
   *
   * @param projectId id of the project, a whole number from 1
   * @param datasetName name of the dataset
   */
  public static fromDatasetName(projectId: number, datasetName: string): Dataset {
    const named = !isKnown(datasetName) || datasetName !== '';
    refuse('Dataset.fromDatasetName', [...wholeNumberProblems('projectId', projectId, 1), ...named ? [] : ['\'datasetName\' must not be empty']]);
    return new Dataset({ ProjectId: projectId, Name: datasetName });
  }

  /**
   * The dataset that an import makes.
   *
   * @internal
   */
  public static _ofImport(awaited: AwaitedDataset): Dataset {
    return new Dataset({ ImportRecord: awaited.record.uri, ImportIdentity: awaited.identity }, awaited);
  }

  private constructor(
    /** @internal */
    public readonly _properties: Readonly<Partial<Record<keyof LabelingJobProperties['Dataset'], unknown>>>,
    /** @internal */
    public readonly _awaited?: AwaitedDataset,
  ) {}
}
