import { type ConnectionInput, type ConnectionProperties, decodeConnection, id, user, type UserProperties, type UserReference } from './connection-contract';
import { flag, oneOf } from '../../private/property-decoding-contract';

/** What passes between the `TeamMember` construct and its handler. Both sides import this file. */
export const TEAM_MEMBER_RESOURCE_TYPE = 'Custom::SuperviselyTeamMember';

/**
 * The physical id is `<team id>/<user id>`: another team or another person is another resource, another role is a change in place.
 */
export interface TeamMemberProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  readonly TeamId: string;
  readonly User: UserProperties;
  /** Name of the role in the team, in lower case: `admin`, `developer`, `annotator`, `viewer`, `reviewer`, `manager` or another one of the server's. */
  readonly Role: string;
  /** The account to be made where the server has none with `User.Login`; without it a missing account is an error. */
  readonly Account?: {
    /** ARN of the secret with the password (8 characters at least), read only when the account is made. */
    readonly PasswordSecretArn: string;
    /** Member of the secret's JSON that is the password; without it the whole secret is. */
    readonly PasswordField?: string;
    /** `true` (default): an account that sees nothing but what its teams show. */
    readonly Restricted?: string;
    readonly Name?: string;
    readonly Email?: string;
  };
  /** What happens when the resource goes: nothing (`RETAIN`, default), or the person leaves the team (`REMOVE`). Accounts always stay. */
  readonly RemovalMode?: MemberRemovalMode;
}

export type MemberRemovalMode = 'RETAIN' | 'REMOVE';

/** Attributes: every one is returned on every path. `AccountCreated` is `true` where the last event has made the account. */
export const TEAM_MEMBER_ATTRIBUTES = ['UserId', 'Login', 'RoleId', 'TeamId', 'AccountCreated'] as const;
export type TeamMemberAttribute = typeof TEAM_MEMBER_ATTRIBUTES[number];
export type TeamMemberAttributes = Readonly<Record<TeamMemberAttribute, string>>;

export interface TeamMemberInput {
  readonly connection: ConnectionInput;
  readonly teamId: number;
  readonly user: UserReference;
  readonly role: string;
  readonly account?: AccountInput;
}

export interface AccountInput {
  readonly passwordSecretArn: string;
  readonly passwordField?: string;
  readonly restricted: boolean;
  readonly name: string;
  readonly email: string;
}

export function decodeTeamMemberProperties(properties: TeamMemberProperties): TeamMemberInput {
  const { Account } = properties;
  return {
    connection: decodeConnection(properties.Connection),
    teamId: id('TeamId', properties.TeamId),
    user: user('User', properties.User),
    role: properties.Role,
    account: Account && {
      passwordSecretArn: Account.PasswordSecretArn,
      passwordField: Account.PasswordField,
      restricted: flag('Account.Restricted', Account.Restricted, true),
      name: Account.Name ?? '',
      email: Account.Email ?? '',
    },
  };
}

/** All that a Delete needs. */
export function memberRemoval({ RemovalMode }: Pick<TeamMemberProperties, 'RemovalMode'>): MemberRemovalMode {
  return oneOf('RemovalMode', RemovalMode, ['RETAIN', 'REMOVE'], 'RETAIN');
}

export function memberId(teamId: number, userId: number): string {
  return `${teamId}/${userId}`;
}

/** Undefined for an id that is not ours: of a Create that failed. */
export function parseMemberId(physicalId: string): { readonly teamId: number; readonly userId: number } | undefined {
  const [, teamId, userId] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(physicalId) ?? [];
  return teamId === undefined ? undefined : { teamId: Number(teamId), userId: Number(userId) };
}
