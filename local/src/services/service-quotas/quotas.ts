import { ServiceError } from '../../core/service';

export interface Quota {
  /** Its name in `POST /_local/quotas`. */
  readonly key: string;
  readonly serviceCode: string;
  readonly serviceName: string;
  readonly quotaCode: string;
  readonly quotaName: string;
  /** What a new account has. */
  readonly defaultValue: number;
}

const SAGEMAKER = { serviceCode: 'sagemaker', serviceName: 'Amazon SageMaker' };

/** The quotas that the engine applies. */
export const QUOTAS: readonly Quota[] = [
  { ...SAGEMAKER, key: 'labelingJobs', quotaCode: 'L-150039CA', quotaName: 'Maximum number of Ground Truth labeling jobs', defaultValue: 1 },
  { ...SAGEMAKER, key: 'streamingLabelingJobs', quotaCode: 'L-C3E706F6', quotaName: 'Maximum number of Streaming labeling jobs', defaultValue: 0 },
  { ...SAGEMAKER, key: 'workteams', quotaCode: 'L-1BAEE5A7', quotaName: 'Maximum number of work teams', defaultValue: 25 },
];

/** What an account that nothing holds back is said to have; the engine applies no limit at all then. */
const UNLIMITED = 1_000_000;

/** The values that hold in this account: set by control, else the defaults, else (`--quota off`) none. */
export class AccountQuotas {
  private readonly set = new Map<string, number>();

  constructor(private readonly applied: boolean) {}

  limit({ key, defaultValue }: Quota): number {
    return this.set.get(key) ?? (this.applied ? defaultValue : Infinity);
  }

  /** As Service Quotas shows it. */
  value(quota: Quota): number {
    const limit = this.limit(quota);
    return limit === Infinity ? UNLIMITED : limit;
  }

  /** `null` takes a value back. */
  change(values: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(values)) {
      if (!QUOTAS.some((quota) => quota.key === key)) {
        throw new ServiceError('ValidationException', `there is no quota '${key}'; known: ${QUOTAS.map((quota) => quota.key).join(', ')}`);
      }
      if (value !== null && !(Number.isInteger(value) && (value as number) >= 0)) {
        throw new ServiceError('ValidationException', `${key} must be a whole number from 0 on, or null for the default, got ${JSON.stringify(value)}`);
      }
    }
    for (const [key, value] of Object.entries(values)) {
      if (value === null) {
        this.set.delete(key);
      } else {
        this.set.set(key, value as number);
      }
    }
  }
}
