import { JobFailed } from './job-failure';
import type { EngineCore } from '../core/engine';
import { ServiceError } from '../core/service';

const SERVICE = 'batchoperations.s3.amazonaws.com';

/** A role that the engine knows must let S3 Batch Operations assume it; others pass, as no permission is judged. */
export async function checkTrust(core: EngineCore, roleArn: string): Promise<void> {
  const document = await trustPolicy(core, roleArn);
  if (document === undefined || trusts(document)) return;
  throw new JobFailed('AccessDenied', `S3 Batch Operations cannot assume the role ${roleArn}: its trust policy must allow sts:AssumeRole to ${SERVICE}`.slice(0, 256));
}

async function trustPolicy(core: EngineCore, roleArn: string): Promise<string | undefined> {
  try {
    const { Role } = await core.call<{ Role: { Arn: string; AssumeRolePolicyDocument: string } }>('iam', 'GetRole', { RoleName: roleArn.split('/').at(-1)! });
    return Role.Arn === roleArn ? decodeURIComponent(Role.AssumeRolePolicyDocument) : undefined;
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Principal?: string | { readonly Service?: string | string[] };
}

function trusts(document: string): boolean {
  const { Statement: statements = [] } = JSON.parse(document) as { Statement?: Statement | Statement[] };
  return [statements].flat().some(({ Effect, Action = [], Principal = {} }) => Effect === 'Allow'
    && [Action].flat().some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase()))
    && (Principal === '*' || [typeof Principal === 'object' ? Principal.Service ?? [] : []].flat().includes(SERVICE)));
}
