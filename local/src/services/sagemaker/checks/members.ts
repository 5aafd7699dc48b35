import type { EngineCore } from '../../../core/engine';
import { invalid } from '../errors';

interface CognitoMember {
  readonly UserPool: string;
  readonly UserGroup: string;
  readonly ClientId: string;
}

export interface MemberDefinition {
  readonly CognitoMemberDefinition?: CognitoMember;
  readonly OidcMemberDefinition?: { readonly Groups?: string[] };
}

/** Members are groups of one Cognito pool, or of one OIDC identity provider. */
export async function checkMembers(core: EngineCore, members: readonly MemberDefinition[]): Promise<void> {
  for (const member of members) {
    if ((member.CognitoMemberDefinition === undefined) === (member.OidcMemberDefinition === undefined)) {
      throw invalid('Each of MemberDefinitions must have exactly one of CognitoMemberDefinition and OidcMemberDefinition');
    }
  }
  const cognito = members.map((member) => member.CognitoMemberDefinition).filter((member) => member !== undefined);
  if (cognito.length !== 0 && cognito.length !== members.length) {
    throw invalid('MemberDefinitions must be all of Cognito groups or all of OIDC groups');
  }
  if (cognito.length === 0 && members.some((member) => member.OidcMemberDefinition?.Groups === undefined)) {
    throw invalid('MemberDefinitions: an OidcMemberDefinition needs Groups');
  }
  const [first] = cognito;
  if (cognito.some((member) => member.UserPool !== first.UserPool || member.ClientId !== first.ClientId)) {
    throw invalid('MemberDefinitions must all use the same user pool and the same app client');
  }
  for (const member of cognito) {
    await checkPool(core, member);
  }
}

/** The group, and the parts that the worker portal signs in by. With `--iam off` pools that the engine does not know pass. */
async function checkPool(core: EngineCore, { UserPool, UserGroup, ClientId }: CognitoMember): Promise<void> {
  const look = async <T>(operation: string, input: object, what: string): Promise<T> => {
    try {
      return await core.call<T>('cognito-idp', operation, { UserPoolId: UserPool, ...input });
    } catch (error) {
      throw invalid(`${what} cannot be used: ${(error as Error).message}`);
    }
  };
  let pool: { readonly Domain?: string; readonly CustomDomain?: string };
  try {
    ({ UserPool: pool } = await look<{ UserPool: typeof pool }>('DescribeUserPool', {}, `CognitoMemberDefinition.UserPool '${UserPool}'`));
  } catch (error) {
    if (core.settings.iam === 'off') {
      return;
    }
    throw error;
  }
  await look('GetGroup', { GroupName: UserGroup }, `CognitoMemberDefinition.UserGroup '${UserGroup}'`);
  const client = `CognitoMemberDefinition.ClientId '${ClientId}'`;
  const { UserPoolClient } = await look<{ UserPoolClient: { ClientSecret?: string } }>('DescribeUserPoolClient', { ClientId }, client);
  if (UserPoolClient.ClientSecret === undefined) {
    throw invalid(`${client} has no secret; workers sign in through an app client with one`);
  }
  if (pool.Domain === undefined && pool.CustomDomain === undefined) {
    throw invalid(`CognitoMemberDefinition.UserPool '${UserPool}' has no domain; workers sign in at the pool's domain`);
  }
}
