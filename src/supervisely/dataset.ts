import { wholeNumberProblems } from './private/validation';
import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';
import type { LabelingJobProperties } from './private/labeling-job-contract';

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

  private constructor(
    /** @internal */
    public readonly _properties: Readonly<Partial<Record<keyof LabelingJobProperties['Dataset'], unknown>>>,
  ) {}
}
