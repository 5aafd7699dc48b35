import { createHash } from 'node:crypto';
import { ImportFiles } from './files';
import type { Ports } from './ports';
import type { StartImportEvent } from '../../src/supervisely/private/dataset-import-contract';
import { log } from '../shared/log';

/** Begins an execution, unless one goes on or everything is imported. `request`: a repeated one means the same execution. */
export async function start(event: StartImportEvent, request: string, { objects, executions }: Pick<Ports, 'objects' | 'executions'>): Promise<void> {
  const { stateMachineArn, folder, identity, attempt } = event;
  if ((await new ImportFiles(objects, folder).record())?.attempt === attempt) return log('imported already', { identity });
  for await (const execution of executions.running(stateMachineArn, identity)) return log('under way already', { execution });
  await executions.start(stateMachineArn, `${identity}-${createHash('sha256').update(request).digest('hex').slice(0, 12)}`);
}
