import { clean, finish } from './finish';
import { plan } from './plan';
import type { ExportPorts } from './ports';
import { read } from './read';
import { type LabelsExportEvent, SERVER_IS_BUSY } from '../../src/supervisely/private/labels-export-contract';
import { errorMessage, errorName, UserError } from '../shared/errors';
import { logError } from '../shared/log';

/** Every action may be repeated. What it answers fits into a state machine's state. */
export async function handleExport(event: LabelsExportEvent, ports: ExportPorts): Promise<object> {
  try {
    return await act(event, ports);
  } catch (error) {
    logError('failed', error);
    if (errorName(error) === SERVER_IS_BUSY) throw error;
    throw error instanceof UserError ? error : new UserError(`${errorName(error)}: ${errorMessage(error)}`, error);
  }
}

async function act(event: LabelsExportEvent, ports: ExportPorts): Promise<object> {
  switch (event.action) {
    case 'plan': return plan(event, ports);
    case 'read': return read(event, ports);
    case 'finish': return finish(event, ports);
    case 'clean':
      await clean(event, ports);
      return {};
    default: throw new Error(`action: expected plan, read, finish or clean, got ${JSON.stringify((event as { action?: unknown }).action)}`);
  }
}
