import type { EngineCore } from '../../core/engine';
import { randomId } from '../../core/random';
import { type RequestContext, type Service, ServiceError } from '../../core/service';

const HOUR = 3600;

interface RoleSession {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds?: number;
}

/** AWS Security Token Service: who calls, and keys for roles. */
export function createSts(core: EngineCore): Service {
  const random = core.random('sts');
  const { accountId, partition } = core.settings;

  function expiration(seconds: number): Date {
    return new Date(core.clock.now() + seconds * 1000);
  }

  function credentials(arn: string, seconds: number): object {
    const { accessKeyId, secretAccessKey, sessionToken } = core.issueCredentials({ arn });
    return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration(seconds) };
  }

  function assumeRole({ RoleArn, RoleSessionName, DurationSeconds = HOUR }: RoleSession): object {
    const role = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(RoleArn);
    if (!role) throw new ServiceError('ValidationError', `${RoleArn} is invalid`);
    const arn = `arn:${partition}:sts::${role[1]}:assumed-role/${role[2]}/${RoleSessionName}`;
    return {
      Credentials: credentials(arn, DurationSeconds),
      AssumedRoleUser: { AssumedRoleId: `${randomId(random, 'AROA', 21)}:${RoleSessionName}`, Arn: arn },
    };
  }

  return {
    name: 'sts',
    operations: {
      GetCallerIdentity: (_input: object, { caller }: RequestContext) => ({
        UserId: caller.arn.endsWith(':root') ? accountId : caller.accessKeyId,
        Account: caller.arn.split(':')[4],
        Arn: caller.arn,
      }),
      AssumeRole: assumeRole,
      GetSessionToken: ({ DurationSeconds = 12 * HOUR }: { DurationSeconds?: number }, { caller }: RequestContext) => ({
        Credentials: credentials(caller.arn, DurationSeconds),
      }),
      GetAccessKeyInfo: () => ({ Account: accountId }),
    },
    simplified: {
      AssumeRole: 'Any role may be assumed by any caller: neither the role\'s existence nor its trust policy is checked; the keys never expire.',
      GetSessionToken: 'The keys never expire; multi-factor codes are not checked.',
      GetAccessKeyInfo: 'Every key belongs to the engine\'s account.',
    },
  };
}
