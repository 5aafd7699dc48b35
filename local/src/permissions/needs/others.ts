import { arn, type Input, type NeedsContext, type NeedsTable } from './table';
import type { Need } from '../policy';

export const LAMBDA_NEEDS: NeedsTable = {
  Invoke: ({ FunctionName, Qualifier }, context) => {
    const name = FunctionName.startsWith('arn:') ? FunctionName : arn(context, 'lambda', `function:${FunctionName.split(':function:').at(-1)}`);
    return [{ action: 'lambda:InvokeFunction', resource: Qualifier === undefined ? name : `${name}:${Qualifier}` }];
  },
};

const machineOf = (executionArn: string): string => executionArn.replace(':execution:', ':stateMachine:').split(':').slice(0, 7).join(':');

export const STATES_NEEDS: NeedsTable = {
  StartExecution: ({ stateMachineArn }) => [{ action: 'states:StartExecution', resource: stateMachineArn }],
  DescribeExecution: ({ executionArn }) => [{ action: 'states:DescribeExecution', resource: executionArn }],
  StopExecution: ({ executionArn }) => [{ action: 'states:StopExecution', resource: executionArn }],
  GetExecutionHistory: ({ executionArn }) => [{ action: 'states:GetExecutionHistory', resource: executionArn }],
  ListExecutions: ({ stateMachineArn, mapRunArn }) => [{ action: 'states:ListExecutions', resource: stateMachineArn ?? machineOf(mapRunArn) }],
  SendTaskSuccess: () => [{ action: 'states:SendTaskSuccess', resource: '*' }],
  SendTaskFailure: () => [{ action: 'states:SendTaskFailure', resource: '*' }],
  SendTaskHeartbeat: () => [{ action: 'states:SendTaskHeartbeat', resource: '*' }],
};

const parameterArn = (context: NeedsContext, name: string): string =>
  (name.startsWith('arn:') ? name : arn(context, 'ssm', `parameter/${name.replace(/^\//, '')}`));
const onParameter = (action: string) => ({ Name }: Input, context: NeedsContext): Need[] => [{ action: `ssm:${action}`, resource: parameterArn(context, Name) }];

export const SSM_NEEDS: NeedsTable = {
  PutParameter: onParameter('PutParameter'),
  GetParameter: onParameter('GetParameter'),
  DeleteParameter: onParameter('DeleteParameter'),
  GetParameters: ({ Names }, context) => Names.map((name: string) => ({ action: 'ssm:GetParameters', resource: parameterArn(context, name) })),
};

const onSecret = (action: string) => async ({ SecretId }: Input, context: NeedsContext): Promise<Need[]> => {
  const secret = await context.ask<{ ARN: string }>('secretsmanager', 'DescribeSecret', { SecretId });
  return [{ action: `secretsmanager:${action}`, resource: secret?.ARN ?? (SecretId.startsWith('arn:') ? SecretId : arn(context, 'secretsmanager', `secret:${SecretId}`)) }];
};

export const SECRETS_NEEDS: NeedsTable = {
  GetSecretValue: onSecret('GetSecretValue'),
  DescribeSecret: onSecret('DescribeSecret'),
  PutSecretValue: onSecret('PutSecretValue'),
  GetRandomPassword: () => [{ action: 'secretsmanager:GetRandomPassword', resource: '*' }],
};

const onKey = (action: string) => async ({ KeyId }: Input, context: NeedsContext): Promise<Need[]> => {
  const answer = await context.ask<{ KeyMetadata: { Arn: string } }>('kms', 'DescribeKey', { KeyId });
  return [{ action: `kms:${action}`, resource: answer?.KeyMetadata.Arn ?? KeyId }];
};

export const KMS_NEEDS: NeedsTable = Object.fromEntries(['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'].map((action) => [action, onKey(action)]));

const quota = (action: string) => ({ ServiceCode, QuotaCode }: Input, context: NeedsContext): Need[] =>
  [{ action: `servicequotas:${action}`, resource: QuotaCode === undefined ? '*' : arn(context, 'servicequotas', `${ServiceCode}/${QuotaCode}`) }];

export const QUOTAS_NEEDS: NeedsTable = { GetServiceQuota: quota('GetServiceQuota'), GetAWSDefaultServiceQuota: quota('GetAWSDefaultServiceQuota') };

export const CLOUDWATCH_NEEDS: NeedsTable = {
  PutMetricData: ({ Namespace }) => [{ action: 'cloudwatch:PutMetricData', resource: '*', keys: { 'cloudwatch:namespace': [Namespace] } }],
};

export const STS_NEEDS: NeedsTable = { GetCallerIdentity: () => [] };
