import { CustomResource, Resource, Token } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Connection } from './connection';
import { allowToReadSecret, superviselyProvider, TEAM_MEMBERS } from './private/supervisely-provider';
import { TEAM_MEMBER_RESOURCE_TYPE, TeamMemberAttribute, TeamMemberProperties } from './private/team-member-contract';
import { teamMemberProblems } from './private/team-member-validation';
import { userProperties } from './private/user-properties';
import { TeamRole } from './team-role';
import { IUser } from './user';
import { refuse } from '../private/errors';
import { SERVICE_TIMEOUT } from '../private/job-provider';

/** What happens to a membership when its resource is removed. Accounts always stay. */
export enum MemberRemoval {
  /** It stays. */
  RETAIN = 'RETAIN',
  /** The person leaves the team. */
  REMOVE = 'REMOVE',
}

/** Properties of a `TeamMember`. */
export interface TeamMemberProps {
  /** The server. The token's owner must be an administrator of the team, and of the server where accounts are looked up by login or made. */
  readonly connection: Connection;

  /** Id of the team. */
  readonly teamId: number;

  /**
   * Login of the account, by which it is found.
   *
   * @default - found by `userId`
   */
  readonly login?: string;

  /**
   * Id of the account, where it is known.
   *
   * @default - found by `login`
   */
  readonly userId?: number;

  /**
   * What the person may do in the team. It changes in place.
   *
   * @default TeamRole.ANNOTATOR
   */
  readonly role?: TeamRole;

  /**
   * Whether an account is made where the server has none with `login`. Otherwise that is an error.
   *
   * @default - true with `login`, false with `userId`
   */
  readonly createAccount?: boolean;

  /**
   * The password of an account that is made, at least 8 characters. It is read only when the account is made, so the person may change it.
   *
   * @default - a secret with a random password, which `password` gives
   */
  readonly password?: secretsmanager.ISecret;

  /**
   * Field of `password` that holds the password, if the secret is JSON.
   *
   * @default - the whole secret is the password
   */
  readonly passwordField?: string;

  /**
   * Whether an account that is made sees nothing but what its teams show.
   *
   * @default true
   */
  readonly restricted?: boolean;

  /**
   * The person's name, for an account that is made.
   *
   * @default - none
   */
  readonly fullName?: string;

  /**
   * The person's mail address, for an account that is made.
   *
   * @default - none
   */
  readonly email?: string;

  /**
   * What happens to the membership when the resource is removed.
   *
   * @default MemberRemoval.RETAIN
   */
  readonly removal?: MemberRemoval;
}

/**
 * Somebody in a team: the account is found by its login or made, and is in the team, in its role, before whatever refers to it.
 *
 * @see https://developer.supervisely.com/getting-started/python-sdk-tutorials/labeling-jobs
 */
export class TeamMember extends Resource implements IUser {
  /** Id of the account. */
  public readonly userId?: number;
  /** Login of the account. */
  public readonly login?: string;
  /** Id of the team. */
  public readonly teamId: number;
  /** The password with which an account is made; `undefined` if none is ever made. */
  public readonly password?: secretsmanager.ISecret;
  /** `true` if the last change has made the account, else `false`. */
  public readonly accountCreated: string;

  /**
   * @param scope the construct that owns the membership
   * @param id the membership's id in its scope
   * @param props who it is, and in which team
   */
  constructor(scope: Construct, id: string, props: TeamMemberProps) {
    refuse(`${scope.node.path}/${id}`, teamMemberProblems(props));
    super(scope, id);
    const provider = superviselyProvider(this, props.connection, TEAM_MEMBERS);
    if (props.createAccount ?? props.userId === undefined) this.password = props.password ?? this.newPassword(props.login!);
    if (this.password) allowToReadSecret(this, provider, this.password);

    const properties: Omit<Record<keyof TeamMemberProperties, unknown>, 'ServiceToken'> = {
      ContractVersion: '1',
      Connection: props.connection._properties,
      TeamId: props.teamId,
      User: userProperties(props),
      Role: (props.role ?? TeamRole.ANNOTATOR).roleName,
      Account: this.password && accountProperties(props, this.password),
      RemovalMode: props.removal,
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: TEAM_MEMBER_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(...provider.permissions);
    const text = (name: TeamMemberAttribute) => resource.getAttString(name);
    this.userId = Token.asNumber(resource.getAtt('UserId' satisfies TeamMemberAttribute));
    this.teamId = Token.asNumber(resource.getAtt('TeamId' satisfies TeamMemberAttribute));
    this.login = text('Login');
    this.accountCreated = text('AccountCreated');
  }

  private newPassword(login: string): secretsmanager.ISecret {
    return new secretsmanager.Secret(this, 'Password', {
      description: `First password of ${login} on the Supervisely server`,
      generateSecretString: { passwordLength: 24, excludePunctuation: true },
    });
  }
}

function accountProperties(props: TeamMemberProps, password: secretsmanager.ISecret): Record<keyof Required<TeamMemberProperties>['Account'], unknown> {
  return {
    PasswordSecretArn: password.secretArn,
    PasswordField: props.passwordField,
    Restricted: props.restricted === false ? 'false' : undefined,
    Name: props.fullName,
    Email: props.email,
  };
}
