import { createHash } from 'node:crypto';
import { ImportFiles } from './files';
import type { Ports } from './ports';
import type { StartImportEvent } from '../../src/supervisely/private/dataset-import-contract';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';

/**
 * Begins an execution, unless one goes on or everything is imported. `request`: a repeated one means the same execution. One of another attempt is
 * in the way: it keeps what it was begun with.
 */
export async function start(event: StartImportEvent, request: string, { objects, executions }: Pick<Ports, 'objects' | 'executions'>): Promise<void> {
  const { stateMachineArn, folder, identity, attempt } = event;
  const files = new ImportFiles(objects, folder);
  const done = (await files.record())?.attempt;
  if (done === attempt) return log('imported already', { identity });
  const name = `${identity}-${createHash('sha256').update(request).digest('hex').slice(0, 12)}`;
  for await (const execution of executions.running(stateMachineArn, identity)) {
    const underWay = (await files.progress())?.value.attempt ?? attempt;
    if (underWay === attempt || execution.endsWith(name)) return log('under way already', { execution });
    // what is imported already is only told to those who wait for it
    if (underWay === done) continue;
    throw new UserError(`"attempt" ${attempt} cannot begin: attempt ${underWay} of this import still goes on. Deploy again when it has ended, or end it first: `
      + `aws stepfunctions stop-execution --execution-arn ${execution}`);
  }
  await executions.start(stateMachineArn, name);
}
