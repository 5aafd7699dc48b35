import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { IDependable } from 'constructs';
import { LIMITS } from '../model/groundtruth/limits';
import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';

/** Groups of an Amazon Cognito user pool. */
export interface CognitoMembersOptions {
  /** The pool, with a domain. All teams of a workforce share one pool and client. */
  readonly userPool: cognito.IUserPool;
  /** The pool's app client, with a secret. */
  readonly userPoolClient: cognito.IUserPoolClient;
  /** Names of 1 to 10 groups of the pool. */
  readonly groups: string[];
}

/** Groups of an OpenID Connect provider. */
export interface OidcMembersOptions {
  /** Names of 1 to 10 groups, as the provider's claim `sagemaker-groups` gives them. */
  readonly groups: string[];
}

/**
 * Who belongs to a work team.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MemberDefinition.html
 */
export abstract class WorkteamMembers {
  /** The members of groups of an Amazon Cognito user pool. */
  public static cognito(options: CognitoMembersOptions): WorkteamMembers {
    return new CognitoMembers(options);
  }

  /** The members of groups of an OpenID Connect provider. */
  public static oidc(options: OidcMembersOptions): WorkteamMembers {
    return new OidcMembers(options);
  }

  /**
   * What must stand before a team of these members.
   *
   * @internal
   */
  public abstract readonly _dependencies: IDependable[];

  /** @internal */
  public abstract _render(): sagemaker.CfnWorkteam.MemberDefinitionProperty[];
}

class CognitoMembers extends WorkteamMembers {
  /** With the pool come its domain and groups, which a team needs and does not name. */
  public readonly _dependencies: IDependable[];

  constructor(private readonly options: CognitoMembersOptions) {
    super();
    // each group becomes a member definition of its own, so the list's length must be known
    const problems = isKnown(options.groups) ? [] : ['\'groups\' must be known at synthesis, got a token: name the groups, each may be a token'];
    refuse('WorkteamMembers.cognito', problems.concat(groupProblems(options.groups, LIMITS.workteamMembers.max, LIMITS.cognitoGroupLength)));
    this._dependencies = [options.userPool, options.userPoolClient];
  }

  public _render(): sagemaker.CfnWorkteam.MemberDefinitionProperty[] {
    const { userPool, userPoolClient, groups } = this.options;
    return groups.map((group) => ({
      cognitoMemberDefinition: {
        cognitoUserPool: userPool.userPoolId,
        cognitoClientId: userPoolClient.userPoolClientId,
        cognitoUserGroup: group,
      },
    }));
  }
}

class OidcMembers extends WorkteamMembers {
  public readonly _dependencies: IDependable[] = [];

  constructor(private readonly options: OidcMembersOptions) {
    super();
    refuse('WorkteamMembers.oidc', groupProblems(options.groups, LIMITS.oidcGroups.max, LIMITS.oidcGroupLength));
  }

  public _render(): sagemaker.CfnWorkteam.MemberDefinitionProperty[] {
    return [{ oidcMemberDefinition: { oidcGroups: this.options.groups } }];
  }
}

function groupProblems(groups: string[], most: number, longest: number): string[] {
  if (!isKnown(groups)) return [];
  if (groups.length < 1 || groups.length > most) return [`'groups' must name 1 to ${most} groups, got ${groups.length}`];
  return groups
    .filter((group) => isKnown(group) && (group.length < 1 || group.length > longest))
    .map((group) => `'groups' must hold names of 1 to ${longest} characters, got ${JSON.stringify(group)}`);
}
