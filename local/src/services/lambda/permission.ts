import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda';
import { invalidParameter } from './errors';
import type { FunctionRecord, PolicyStatement } from './function-store';
import { judge } from '../../permissions/judge';

/** The statement that a permission becomes in the function's resource policy. */
export function statementOf(input: AddPermissionCommandInput, resource: string): PolicyStatement {
  checkUrlMembers(input);
  const { StatementId, Action, Principal, SourceArn, SourceAccount, PrincipalOrgID, EventSourceToken, FunctionUrlAuthType, InvokedViaFunctionUrl } = input;
  const condition: Record<string, Record<string, string>> = {
    ...((SourceAccount || PrincipalOrgID || EventSourceToken || FunctionUrlAuthType) && {
      StringEquals: {
        ...(SourceAccount && { 'AWS:SourceAccount': SourceAccount }),
        ...(PrincipalOrgID && { 'aws:PrincipalOrgID': PrincipalOrgID }),
        ...(EventSourceToken && { 'lambda:EventSourceToken': EventSourceToken }),
        ...(FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
      },
    }),
    ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(InvokedViaFunctionUrl !== undefined && { Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) } }),
  };
  return {
    Sid: StatementId!,
    Effect: 'Allow',
    Principal: principalOf(Principal!),
    Action: Action!,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

/** Each of the two members speaks of one of the two rights that a caller of a function URL needs. */
function checkUrlMembers({ Action, FunctionUrlAuthType, InvokedViaFunctionUrl }: AddPermissionCommandInput): void {
  if (FunctionUrlAuthType !== undefined && Action !== 'lambda:InvokeFunctionUrl') {
    throw invalidParameter('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action.');
  }
  if (InvokedViaFunctionUrl !== undefined && Action !== 'lambda:InvokeFunction') {
    throw invalidParameter('InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action.');
  }
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (principal.includes('.')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}

/** Whether the resource policy lets an AWS service invoke the function for one of its resources. */
export function letsServiceInvoke(record: FunctionRecord, qualifier: string, service: string, sourceArn: string): boolean {
  const account = record.arn.split(':')[4];
  const principal = { arns: [], account, service, identity: [] };
  const keys = { 'aws:sourcearn': [sourceArn], 'aws:sourceaccount': [account], 'lambda:invokedviafunctionurl': ['false'] };
  return judge(principal, { action: 'lambda:InvokeFunction', keys }, record.policies.get(qualifier)).allowed;
}
