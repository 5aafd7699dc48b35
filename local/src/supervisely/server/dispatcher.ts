import type { FastifyRequest } from 'fastify';
import type { Call, Method, Methods, Verb } from './method';
import { readRequest } from './request';
import type { ClockHold } from '../../core/clock-hold';
import type { LocalCore } from '../../core/engine-core';
import { type Caller, type RequestContext, ServiceError } from '../../core/service';
import { badRequest, notServed, unauthorized } from '../errors';
import { check } from '../schema';
import type { Site } from '../site';
import type { User } from '../store/records';

/** The service's name in faults and in the log of calls. */
export const SERVICE = 'supervisely';

/** The way of a call: token, method, constraints, faults, log. */
export class Dispatcher {
  constructor(private readonly core: LocalCore, private readonly site: Site, private readonly methods: Methods) {}

  async run(name: string, request: FastifyRequest, hold: ClockHold): Promise<unknown> {
    let context = this.context(name, '', hold);
    let errorCode: string | undefined;
    try {
      const read = await readRequest(request);
      const user = this.userOf(request.raw.headers['x-api-key']);
      context = this.context(name, user.login, hold);
      const method = this.methodOf(name, request.method);
      check(method.input, read.input, read.from);
      return await this.perform(method, read.input, { user, parts: read.parts, ...jobScope(request.raw.headers['x-job-id']) }, context);
    } catch (error) {
      errorCode = error instanceof ServiceError ? error.code : 'Internal Server Error';
      throw error;
    } finally {
      this.core.calls.record({
        time: this.site.now(),
        service: SERVICE,
        operation: name,
        callerArn: context.caller.arn,
        via: 'wire',
        requestId: context.requestId,
        ...(errorCode && { errorCode }),
      });
    }
  }

  private async perform(method: Method, input: unknown, call: Call, context: RequestContext): Promise<unknown> {
    const matched = (Array.isArray(input) ? {} : input) as Record<string, unknown>;
    await this.core.faults.strike('before', context, matched);
    const answer = await method.run(input, call);
    await this.core.faults.strike('after', context, matched);
    return answer;
  }

  private userOf(token: string | string[] | undefined): User {
    if (token === undefined || token === '') throw badRequest('the header "x-api-key" with the API token is missing');
    const user = this.site.store.users.all().find((one) => one.token === token);
    if (!user || user.disabled) throw unauthorized('the API token in the header "x-api-key" is not valid');
    return user;
  }

  private methodOf(name: string, verb: string): Method {
    const method = this.methods[name];
    if (!method) throw notServed(`the method ${name}`);
    if (!method.verbs.includes(verb as Verb)) {
      throw new ServiceError('Method Not Allowed', `${name} is called by ${method.verbs.join(' or ')}, not by ${verb}`, 405);
    }
    return method;
  }

  private context(operation: string, login: string, hold: ClockHold): RequestContext {
    const caller: Caller = { accessKeyId: '', arn: `${SERVICE}:user/${login}` };
    return this.core.context(SERVICE, operation, caller, {}, hold.waiting);
  }
}

function jobScope(header: string | string[] | undefined): { jobId?: number } {
  if (header === undefined) return {};
  const jobId = Number(header);
  if (!Number.isInteger(jobId)) throw badRequest(`the header "x-job-id" is no job's id: ${JSON.stringify(header)}`);
  return { jobId };
}
