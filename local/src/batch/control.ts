import type { BatchSettings } from './settings';
import { type ControlRoute, ServiceError } from '../core/service';

type Checks = { readonly [Name in keyof BatchSettings]: (value: unknown) => value is BatchSettings[Name] };

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1;
const CHECKS: Checks = { concurrentJobs: isCount, tasksPerSecond: isCount, trail: (value): value is boolean => typeof value === 'boolean' };

/** `POST /_local/batch-operations {"concurrentJobs": 1}` */
export function batchControl(settings: BatchSettings): Record<string, ControlRoute> {
  return {
    'POST /_local/batch-operations': (body) => {
      for (const [name, value] of Object.entries(body)) {
        const check = CHECKS[name as keyof BatchSettings] as ((value: unknown) => boolean) | undefined;
        if (!check) throw new ServiceError('ValidationException', `there is no setting '${name}'; known: ${Object.keys(CHECKS).join(', ')}`);
        if (!check(value)) throw new ServiceError('ValidationException', `${name} must be ${name === 'trail' ? 'true or false' : 'a whole number from 1 on'}, got ${JSON.stringify(value)}`);
      }
      return Object.assign(settings, body);
    },
  };
}
