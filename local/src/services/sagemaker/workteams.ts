import { sagemakerArn } from './arns';
import { checkMembers, type MemberDefinition } from './checks/members';
import { checkTopic } from './checks/streaming';
import { isPublicCrowd } from './checks/workteam';
import { accountQuota, inUse, invalid, limitExceeded } from './errors';
import type { Tag } from './labeling-job';
import { compareKeys, page, type PageRequest, type SortKey } from './paging';
import { checkTags, type TagStore } from './tags';
import type { Workforces } from './workforces';
import type { EngineCore } from '../../core/engine';
import type { Operation } from '../../core/service';

interface TeamSettings {
  readonly MemberDefinitions: MemberDefinition[];
  readonly Description: string;
  readonly NotificationConfiguration?: { readonly NotificationTopicArn?: string };
  readonly WorkerAccessConfiguration?: object;
}

export interface Workteam extends TeamSettings {
  readonly WorkteamName: string;
  readonly WorkteamArn: string;
  readonly WorkforceArn: string;
  readonly SubDomain: string;
  readonly CreateDate: Date;
  readonly LastUpdatedDate: Date;
}

interface ListRequest extends PageRequest {
  readonly NameContains?: string;
  readonly SortBy?: 'Name' | 'CreateDate';
}

/** The private work teams of the account. */
export class Workteams {
  private readonly byName = new Map<string, Workteam>();

  constructor(private readonly core: EngineCore, private readonly tags: TagStore, private readonly workforces: Workforces) {}

  get size(): number {
    return this.byName.size;
  }

  findByArn(arn: string): Workteam | undefined {
    return [...this.byName.values()].find((team) => team.WorkteamArn === arn);
  }

  /** Teams of this account, and Mechanical Turk's. */
  exists(arn: string): boolean {
    return isPublicCrowd(arn) || this.findByArn(arn) !== undefined;
  }

  operations(): Record<string, Operation> {
    return {
      CreateWorkteam: async (input: TeamSettings & { WorkteamName: string; WorkforceName?: string; Tags?: Tag[] }) => this.create(input),
      UpdateWorkteam: async (input: Partial<TeamSettings> & { WorkteamName: string }) => this.update(input),
      DeleteWorkteam: ({ WorkteamName }: { WorkteamName: string }) => {
        const team = this.find(WorkteamName);
        this.byName.delete(WorkteamName.toLowerCase());
        this.tags.remove(team.WorkteamArn);
        return { Success: true };
      },
      DescribeWorkteam: ({ WorkteamName }: { WorkteamName: string }) => ({ Workteam: this.find(WorkteamName) }),
      ListWorkteams: (request: ListRequest) => {
        const keyOf = (team: Workteam): SortKey => (
          request.SortBy === 'Name' ? [team.WorkteamName] : [team.CreateDate.getTime(), team.WorkteamName]);
        const sorted = [...this.byName.values()].sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
        const matches = (team: Workteam) => team.WorkteamName.toLowerCase().includes((request.NameContains ?? '').toLowerCase());
        const { items, NextToken } = page({ operation: 'ListWorkteams', request, sorted, keyOf, matches });
        return { Workteams: items, NextToken };
      },
      ListSubscribedWorkteams: () => ({ SubscribedWorkteams: [] }),
      DescribeSubscribedWorkteam: ({ WorkteamArn }: { WorkteamArn: string }) => {
        throw invalid(`The account is not subscribed to the work team '${WorkteamArn}'`);
      },
    };
  }

  private async create(input: TeamSettings & { WorkteamName: string; WorkforceName?: string; Tags?: Tag[] }): Promise<object> {
    const { WorkteamName, WorkforceName, Tags, ...settings } = input;
    checkTags(Tags ?? []);
    await this.checkSettings(settings);
    if (this.byName.has(WorkteamName.toLowerCase())) {
      throw inUse(`The work team name '${WorkteamName}' is already in use`);
    }
    const quota = accountQuota(this.core, 'L-1BAEE5A7');
    if (this.size >= quota.limit) {
      throw limitExceeded(quota.name, quota.limit, this.size);
    }
    const workforce = this.workforceFor(settings.MemberDefinitions, WorkforceName);
    const now = new Date(this.core.clock.now());
    const team: Workteam = {
      ...settings,
      WorkteamName,
      WorkteamArn: sagemakerArn(this.core.settings, 'workteam/private-crowd', WorkteamName),
      WorkforceArn: workforce.WorkforceArn,
      SubDomain: workforce.SubDomain,
      CreateDate: now,
      LastUpdatedDate: now,
    };
    this.byName.set(WorkteamName.toLowerCase(), team);
    this.tags.create(team.WorkteamArn, Tags);
    return { WorkteamArn: team.WorkteamArn };
  }

  private async update({ WorkteamName, ...changes }: Partial<TeamSettings> & { WorkteamName: string }): Promise<object> {
    const team = { ...this.find(WorkteamName), ...changes, LastUpdatedDate: new Date(this.core.clock.now()) };
    await this.checkSettings(team);
    this.workforceFor(team.MemberDefinitions);
    this.byName.set(WorkteamName.toLowerCase(), team);
    return { Workteam: team };
  }

  private async checkSettings(settings: TeamSettings): Promise<void> {
    await checkMembers(this.core, settings.MemberDefinitions);
    const topic = settings.NotificationConfiguration?.NotificationTopicArn;
    if (topic) {
      await checkTopic(this.core, 'NotificationConfiguration.NotificationTopicArn', topic);
    }
  }

  /** The workforce that the members belong to; the first team on a Cognito pool makes it. */
  private workforceFor(members: MemberDefinition[], name?: string) {
    const current = this.workforces.current;
    const cognito = members[0].CognitoMemberDefinition;
    if (name !== undefined && current?.WorkforceName !== name) {
      throw invalid(`No workforce found with the name '${name}'`);
    }
    if (current === undefined) {
      if (cognito === undefined) {
        throw invalid('A work team of OIDC groups needs a workforce with an OIDC identity provider; create it first');
      }
      return this.workforces.createDefault({ UserPool: cognito.UserPool, ClientId: cognito.ClientId });
    }
    const config = current.CognitoConfig;
    if (config?.UserPool !== cognito?.UserPool || config?.ClientId !== cognito?.ClientId) {
      throw invalid(`MemberDefinitions do not fit the workforce '${current.WorkforceName}', which uses `
        + (config ? `the user pool '${config.UserPool}' and the app client '${config.ClientId}'` : 'an OIDC identity provider')
        + '; to use others, delete its work teams and then the workforce itself');
    }
    return current;
  }

  private find(name: string): Workteam {
    const team = this.byName.get(name.toLowerCase());
    if (team === undefined) {
      throw invalid(`The work team '${name}' does not exist`);
    }
    return team;
  }
}
