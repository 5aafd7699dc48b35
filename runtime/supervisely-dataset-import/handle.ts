import { importImages } from './import';
import type { Ports } from './ports';
import { NOT_YET } from '../../src/s3batch/private/data-preparation-contract';
import type { DatasetImportAnswer, DatasetImportEvent } from '../../src/supervisely/private/dataset-import-contract';
import { errorMessage, errorName, UserError } from '../shared/errors';
import { logError } from '../shared/log';
import { wakeJobs } from '../shared/wake';

/** A call of a state machine. Every one may be repeated: it goes on from the files. */
export async function handleStep(event: DatasetImportEvent, ports: Ports): Promise<DatasetImportAnswer> {
  try {
    return event.action === 'wake' ? await wakeJobs(event, ports) : await importImages(event, ports);
  } catch (error) {
    if (errorName(error) === NOT_YET) throw error;
    logError('failed', error);
    throw error instanceof UserError ? error : new UserError(`${errorName(error)}: ${errorMessage(error)}`, error);
  }
}
