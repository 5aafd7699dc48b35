import type { BatchSettings } from './settings';
import type { ControlRoute } from '../core/service';
import { number, only, refusal } from '../labeling/control-input';

/** `POST /_local/batch-operations {"concurrentJobs": 1}` */
export function batchControl(settings: BatchSettings): Record<string, ControlRoute> {
  return {
    'POST /_local/batch-operations': (body) => {
      only(body, ['concurrentJobs', 'tasksPerSecond', 'trail'], 'the body');
      const { concurrentJobs = settings.concurrentJobs, tasksPerSecond = settings.tasksPerSecond, trail = settings.trail } = body;
      return Object.assign(settings, {
        concurrentJobs: count(concurrentJobs, 'concurrentJobs'), tasksPerSecond: count(tasksPerSecond, 'tasksPerSecond'), trail: flag(trail, 'trail'),
      });
    },
  };
}

function count(value: unknown, what: string): number {
  const given = number(value, what, 1, 1_000_000);
  if (!Number.isInteger(given)) throw refusal(`${what} must be a whole number, got ${given}`);
  return given;
}

function flag(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw refusal(`${what} must be true or false, got ${JSON.stringify(value)}`);
  return value;
}
