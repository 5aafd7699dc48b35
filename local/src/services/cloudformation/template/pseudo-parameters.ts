import { NO_VALUE } from './evaluate';

export interface StackPlace {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly notificationArns: readonly string[];
}

const PSEUDO_PARAMETERS: Readonly<Record<string, (place: StackPlace) => unknown>> = {
  'AWS::AccountId': ({ accountId }) => accountId,
  'AWS::NoValue': () => NO_VALUE,
  'AWS::NotificationARNs': ({ notificationArns }) => [...notificationArns],
  'AWS::Partition': ({ partition }) => partition,
  'AWS::Region': ({ region }) => region,
  'AWS::StackId': ({ stackId }) => stackId,
  'AWS::StackName': ({ stackName }) => stackName,
  'AWS::URLSuffix': ({ partition }) => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'),
};

export function isPseudoParameter(name: string): boolean {
  return name in PSEUDO_PARAMETERS;
}

export function pseudoParameter(name: string, place: StackPlace): unknown {
  return PSEUDO_PARAMETERS[name]?.(place);
}
