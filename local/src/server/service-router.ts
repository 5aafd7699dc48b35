import { loadModel, type ServiceModel } from '../wire/model';
import type { WireRequest } from '../wire/protocol';
import { formOf } from '../wire/query';

/** Which service a request is for: its signature's scope, else its target header, else its form, else its path; S3 has the rest. */
export class ServiceRouter {
  private readonly models: ServiceModel[];

  constructor(services: Iterable<string>) {
    this.models = [...services].map(loadModel);
  }

  /** The service's name; for a signature of a service that the engine has not, the name as signed. */
  route(request: WireRequest): string {
    const signed = signingName(request);
    // S3 and S3 Control sign alike: the host or the path tells
    if (signed === 's3' || signed === 's3express') return isS3Control(request) ? 's3control' : 's3';
    if (signed) return this.models.find(({ metadata }) => metadata.signingName === signed)?.service ?? signed;
    return this.byTarget(request) ?? this.byForm(request) ?? this.byPath(request) ?? 's3';
  }

  has(service: string): boolean {
    return this.models.some((model) => model.service === service);
  }

  private byTarget({ headers }: WireRequest): string | undefined {
    const prefix = headers['x-amz-target']?.replace(/\.[^.]*$/, '');
    return prefix === undefined ? undefined : this.models.find(({ metadata }) => metadata.targetPrefix === prefix)?.service;
  }

  private byForm(request: WireRequest): string | undefined {
    const form = formOf(request);
    const version = form.has('Action') ? form.get('Version') : null;
    return version === null ? undefined : this.models.find(({ metadata }) => metadata.protocols.includes('query') && metadata.apiVersion === version)?.service;
  }

  private byPath({ path }: WireRequest): string | undefined {
    return /^\/(2015-03-31|2017-03-31|2018-10-31|2019-09-25|2021-10-31)\//.test(path) && this.has('lambda') ? 'lambda' : undefined;
  }
}

function isS3Control({ path, headers }: WireRequest): boolean {
  return path.startsWith('/v20180820/') || headers['x-amz-account-id'] !== undefined;
}

/** `AKIA…/20261101/us-east-1/sagemaker/aws4_request`: key and service of the signature, in the header or in a presigned address. */
export function signature({ headers, query }: Pick<WireRequest, 'headers' | 'query'>): { accessKeyId?: string; service?: string } {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? '';
  const [accessKeyId, , , service] = credential.split('/');
  return { accessKeyId: accessKeyId || query.get('AWSAccessKeyId') || undefined, service };
}

function signingName(request: WireRequest): string | undefined {
  const { service } = signature(request);
  return service;
}
