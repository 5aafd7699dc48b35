import { updateHead } from './head-store';
import { FleetPorts, StateStore } from './ports';
import { FleetHead } from '../../src/model/fleet/fleet-ledger';
import { log } from '../shared/log';

/** Names of executions have at most 80 characters; requests are known by UUIDs. */
const REQUEST_LENGTH = 64;

/** Whether the execution was started for this request, and not by an event, a schedule or a person. */
export function isFor(requestId: string, execution: string): boolean {
  return execution.startsWith(namesOf(requestId));
}

function namesOf(requestId: string): string {
  return `${requestId.slice(0, REQUEST_LENGTH)}-`;
}

/**
 * Wakes the one writer for a request, unless it is awake. Its name is written down before it is started, so that an answer that is
 * lost leads to the same execution again; and should two run, the lease lets one of them work.
 */
export async function wake(requestId: string, head: FleetHead, stateMachineArn: string, state: StateStore, ports: FleetPorts): Promise<void> {
  const { execution } = head;
  const name = (number: number) => `${namesOf(requestId)}${number}`;
  const known = execution?.requestId === requestId ? execution.number : 0;
  if (known > 0 && await ports.executions.isRunning(stateMachineArn, name(known))) return;
  const number = known + 1;
  await updateHead(state, ports, (present) => present && { ...present, execution: { requestId, number } });
  await ports.executions.start(stateMachineArn, name(number));
  log('the writer is woken', { execution: name(number) });
}
