import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda';
import type { FunctionRecord, PolicyStatement } from './function-store';

/** The statement that a permission becomes in the function's resource policy. */
export function statementOf(input: AddPermissionCommandInput, resource: string): PolicyStatement {
  const { StatementId, Action, Principal, SourceArn, SourceAccount, PrincipalOrgID, EventSourceToken, FunctionUrlAuthType } = input;
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

function principalOf(principal: string): string | Record<string, string> {
  if (principal === '*') return '*';
  if (principal.includes('.')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}

/** Whether the resource policy lets an AWS service invoke the function for one of its resources. */
export function letsServiceInvoke(record: FunctionRecord, qualifier: string, service: string, sourceArn: string): boolean {
  return (record.policies.get(qualifier) ?? []).some(({ Principal, Action, Condition }) => {
    const principal = Principal === '*' || (typeof Principal === 'object' && Principal.Service === service);
    const pattern = Condition?.ArnLike?.['AWS:SourceArn'];
    return principal && ['lambda:InvokeFunction', 'lambda:*', '*'].includes(Action) && (pattern === undefined || arnLike(pattern, sourceArn));
  });
}

function arnLike(pattern: string, arn: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(arn);
}
