import type { EngineCore } from './engine';
import type { Caller } from './service';

/** The caller that somebody is who has assumed a role. */
export function roleCaller({ settings }: EngineCore, roleArn: string, session: string): Caller {
  const name = roleArn.split('/').at(-1);
  return { accessKeyId: '', arn: `arn:${settings.partition}:sts::${settings.accountId}:assumed-role/${name}/${session}` };
}

/** A service that delivers for a resource: the policy of the target decides. */
export function serviceCaller(principal: string, sourceArn: string): Caller {
  return { accessKeyId: '', arn: principal, service: { principal, sourceArn } };
}

/** The same engine, with another caller behind its calls. */
export function actingAs(core: EngineCore, caller: Caller): EngineCore {
  return Object.create(core, {
    call: { value: (service: string, operation: string, input: object, other: Caller = caller) => core.call(service, operation, input, other) },
  }) as EngineCore;
}
