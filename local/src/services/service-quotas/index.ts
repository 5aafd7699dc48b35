import { AccountQuotas, QUOTAS, type Quota } from './quotas';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { ServiceError, type Service } from '../../core/service';

interface QuotaRequest {
  readonly ServiceCode: string;
  readonly QuotaCode: string;
}

interface ListRequest {
  readonly ServiceCode: string;
  readonly QuotaCode?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ServiceQuotasService extends Service {
  /** The name and the limit of a quota in this account; `Infinity` where none is applied. */
  quota(quotaCode: string): { readonly name: string; readonly limit: number };
}

/** Service Quotas: the few quotas that the engine applies, to be read; `POST /_local/quotas` changes them. */
export function createServiceQuotas(core: EngineCore): ServiceQuotasService {
  const account = new AccountQuotas(core.settings.quota === 'documented');
  const shown = () => Object.fromEntries(QUOTAS.map((quota) => [quota.key, finite(account.limit(quota))]));
  const applied = (quota: Quota) => ({ ...view(core, quota, account.value(quota)), QuotaAppliedAtLevel: 'ACCOUNT' });
  const standard = (quota: Quota) => view(core, quota, quota.defaultValue);
  return {
    name: 'service-quotas',
    operations: {
      GetServiceQuota: (request: QuotaRequest) => ({ Quota: applied(find(request)) }),
      GetAWSDefaultServiceQuota: (request: QuotaRequest) => ({ Quota: standard(find(request)) }),
      ListServiceQuotas: (request: ListRequest) => list(request, applied),
      ListAWSDefaultServiceQuotas: (request: ListRequest) => list(request, standard),
    },
    quota: (quotaCode) => {
      const quota = QUOTAS.find((each) => each.quotaCode === quotaCode)!;
      return { name: quota.quotaName, limit: account.limit(quota) };
    },
    controlRoutes: {
      'GET /_local/quotas': shown,
      'POST /_local/quotas': (body) => {
        account.change(body);
        return shown();
      },
    },
    simplified: {
      GetServiceQuota: 'the quotas of SageMaker that the engine applies; with --quota off one that nobody set is shown as 1,000,000 and not applied',
      ListServiceQuotas: 'as GetServiceQuota; services without a quota here are unknown',
    },
  };
}

/** No limit is `null` in JSON. */
function finite(limit: number): number | null {
  return limit === Infinity ? null : limit;
}

function find({ ServiceCode, QuotaCode }: QuotaRequest): Quota {
  const quota = QUOTAS.find((each) => each.serviceCode === ServiceCode && each.quotaCode === QuotaCode);
  if (quota === undefined) {
    throw new ServiceError('NoSuchResourceException', `The request failed because the specified quota '${QuotaCode}' of the service '${ServiceCode}' does not exist.`);
  }
  return quota;
}

function list({ ServiceCode, QuotaCode, MaxResults, NextToken }: ListRequest, show: (quota: Quota) => object): object {
  const ofService = QUOTAS.filter((quota) => quota.serviceCode === ServiceCode);
  if (ofService.length === 0) {
    throw new ServiceError('NoSuchResourceException', `The request failed because the specified service '${ServiceCode}' does not exist.`);
  }
  const invalidToken = () => new ServiceError('InvalidPaginationTokenException', 'Invalid token was provided.');
  const asked = ofService.filter((quota) => QuotaCode === undefined || quota.quotaCode === QuotaCode);
  const { items, nextToken } = pageOf(asked, NextToken, MaxResults ?? 100, invalidToken);
  return { Quotas: items.map(show), NextToken: nextToken };
}

function view({ settings }: EngineCore, { serviceCode, serviceName, quotaCode, quotaName }: Quota, value: number): object {
  return {
    ServiceCode: serviceCode,
    ServiceName: serviceName,
    QuotaArn: `arn:${settings.partition}:servicequotas:${settings.region}:${settings.accountId}:${serviceCode}/${quotaCode}`,
    QuotaCode: quotaCode,
    QuotaName: quotaName,
    Value: value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
  };
}
