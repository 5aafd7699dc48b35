import type { EngineCore } from '../../../core/engine';
import { parseArn } from '../arns';
import { invalid } from '../errors';

/** The role must be one that SageMaker can assume. With `--iam off` roles that the engine does not know pass. */
export async function checkRole(core: EngineCore, member: string, arn: string): Promise<void> {
  const name = parseArn(arn).resource.split('/').at(-1)!;
  let role: { Arn: string; AssumeRolePolicyDocument?: string };
  try {
    ({ Role: role } = await core.call('iam', 'GetRole', { RoleName: name }));
  } catch (error) {
    if (core.settings.iam === 'off') {
      return;
    }
    throw invalid(`${member} '${arn}' cannot be assumed: ${(error as Error).message}`);
  }
  if (role.Arn !== arn) {
    if (core.settings.iam === 'off') {
      return;
    }
    throw invalid(`${member} '${arn}' cannot be assumed: it does not exist`);
  }
  if (!trustsSageMaker(role.AssumeRolePolicyDocument)) {
    throw invalid(`${member} '${arn}' cannot be assumed by SageMaker. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume it`);
  }
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Principal?: string | { readonly Service?: string | string[]; readonly AWS?: string | string[] };
}

function trustsSageMaker(document: string | undefined): boolean {
  const { Statement: statements = [] } = JSON.parse(decodeURIComponent(document ?? '{}')) as { Statement?: Statement | Statement[] };
  return list(statements).some((statement) => statement.Effect === 'Allow'
    && list(statement.Action ?? []).some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase()))
    && services(statement).some((service) => service === 'sagemaker.amazonaws.com' || service === '*'));
}

function services(statement: Statement): string[] {
  const principal = statement.Principal ?? {};
  return typeof principal === 'string' ? [principal] : list(principal.Service ?? []);
}

function list<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
