import type { EngineSettings } from '../../core/engine';

/** The account that owns the user interfaces of built-in task types and the public crowd, in every region. */
export const GROUND_TRUTH_ACCOUNT = '394669845002';

/** The account that owns the algorithms of automated labeling. */
export const ALGORITHM_ACCOUNT = '027400017018';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All after the account, colons included. */
  readonly resource: string;
}

export function parseArn(arn: string): Arn {
  const [, partition, service, region, account, ...resource] = arn.split(':');
  return { partition, service, region, account, resource: resource.join(':') };
}

/** ARNs of this account's SageMaker resources; SageMaker writes the names in them in lower case. */
export function sagemakerArn(settings: EngineSettings, type: string, name: string): string {
  return `arn:${settings.partition}:sagemaker:${settings.region}:${settings.accountId}:${type}/${name.toLowerCase()}`;
}
