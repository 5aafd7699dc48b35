import { sagemakerArn } from './arns';
import { inUse, invalid } from './errors';
import type { Tag } from './labeling-job';
import { page, type PageRequest } from './paging';
import { checkTags, type TagStore } from './tags';
import type { EngineCore } from '../../core/engine';
import type { Operation } from '../../core/service';

export interface CognitoConfig {
  readonly UserPool: string;
  readonly ClientId: string;
}

interface WorkforceSettings {
  readonly CognitoConfig?: CognitoConfig;
  readonly OidcConfig?: { readonly ClientSecret: string; readonly Issuer: string };
  readonly SourceIpConfig?: { readonly Cidrs: string[] };
  readonly WorkforceVpcConfig?: { readonly VpcId?: string; readonly SecurityGroupIds?: string[]; readonly Subnets?: string[] };
  readonly IpAddressType?: string;
}

export interface Workforce extends WorkforceSettings {
  readonly WorkforceName: string;
  readonly WorkforceArn: string;
  readonly SubDomain: string;
  readonly CreateDate: Date;
  readonly LastUpdatedDate: Date;
}

/** The one private workforce of the account in the region. */
export class Workforces {
  private workforce: Workforce | undefined;

  constructor(private readonly core: EngineCore, private readonly tags: TagStore, private readonly hasTeams: () => boolean) {}

  get current(): Workforce | undefined {
    return this.workforce;
  }

  /** What the first team on a Cognito pool brings about. */
  createDefault(config: CognitoConfig): Workforce {
    return this.create({ WorkforceName: 'default', CognitoConfig: config });
  }

  operations(): Record<string, Operation> {
    return {
      CreateWorkforce: (input: WorkforceSettings & { WorkforceName: string; Tags?: Tag[] }) => {
        checkTags(input.Tags ?? []);
        if (this.workforce !== undefined) {
          throw inUse(`The workforce '${this.workforce.WorkforceName}' exists already; an account has one private workforce in a region`);
        }
        if ((input.CognitoConfig === undefined) === (input.OidcConfig === undefined)) {
          throw invalid('A workforce needs exactly one of CognitoConfig and OidcConfig');
        }
        return { WorkforceArn: this.create(input).WorkforceArn };
      },
      UpdateWorkforce: (input: WorkforceSettings & { WorkforceName: string }) => {
        const { WorkforceName, ...changes } = input;
        const workforce = this.find(WorkforceName);
        if (changes.OidcConfig !== undefined && (workforce.OidcConfig === undefined || this.hasTeams())) {
          throw invalid('OidcConfig can be changed only on a workforce with an OIDC identity provider and without work teams');
        }
        this.workforce = { ...workforce, ...changes, LastUpdatedDate: new Date(this.core.clock.now()) };
        return { Workforce: view(this.workforce) };
      },
      DeleteWorkforce: ({ WorkforceName }: { WorkforceName: string }) => {
        const workforce = this.find(WorkforceName);
        if (this.hasTeams()) {
          throw inUse(`The workforce '${WorkforceName}' has work teams; delete them first`);
        }
        this.tags.remove(workforce.WorkforceArn);
        this.workforce = undefined;
        return {};
      },
      DescribeWorkforce: ({ WorkforceName }: { WorkforceName: string }) => ({ Workforce: view(this.find(WorkforceName)) }),
      ListWorkforces: (request: PageRequest & { NameContains?: string }) => {
        const { items, NextToken } = page({
          operation: 'ListWorkforces',
          request,
          sorted: this.workforce ? [this.workforce] : [],
          keyOf: (workforce) => [workforce.WorkforceName],
          matches: (workforce) => workforce.WorkforceName.includes(request.NameContains ?? ''),
        });
        return { Workforces: items.map(view), NextToken };
      },
    };
  }

  private create({ WorkforceName, Tags, ...settings }: WorkforceSettings & { WorkforceName: string; Tags?: Tag[] }): Workforce {
    const now = new Date(this.core.clock.now());
    const random = this.core.random('workforce-sub-domain');
    const label = Array.from({ length: 10 }, () => Math.floor(random() * 36).toString(36)).join('');
    this.workforce = {
      ...settings,
      WorkforceName,
      WorkforceArn: sagemakerArn(this.core.settings, 'workforce', WorkforceName),
      SubDomain: `${label}.labeling.${this.core.settings.region}.sagemaker.aws`,
      CreateDate: now,
      LastUpdatedDate: now,
    };
    this.tags.create(this.workforce.WorkforceArn, Tags);
    return this.workforce;
  }

  private find(name: string): Workforce {
    if (this.workforce?.WorkforceName !== name) {
      throw invalid(`No workforce found with the name '${name}'`);
    }
    return this.workforce;
  }
}

/** As answered: ready at once, the client's secret left out. */
function view({ OidcConfig, ...workforce }: Workforce): object {
  const { ClientSecret, ...shown } = OidcConfig ?? { ClientSecret: undefined };
  return { ...workforce, OidcConfig: OidcConfig && shown, Status: 'Active' };
}
