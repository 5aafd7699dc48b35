import { FleetPorts } from './ports';
import { errorMessage } from '../shared/errors';
import { log } from '../shared/log';

/** A parameter that a template names makes the next deployment look: its value changes whenever a run has met what it did not expect. */
export async function recordDrift(parameter: string | undefined, runId: string, ports: FleetPorts): Promise<void> {
  if (parameter === undefined) return;
  try {
    await ports.parameters.put(parameter, runId);
    log('drift is recorded', { parameter, runId });
  } catch (error) {
    // the run's own work is done; the next one that meets drift tries again
    log('drift could not be recorded', { parameter, reason: errorMessage(error) });
  }
}
