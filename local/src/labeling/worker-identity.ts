import { createHash } from 'node:crypto';
import type { AnnotatorProfile } from './annotator';
import type { EngineSettings } from '../core/engine';
import type { Workteam } from '../services/sagemaker/workteams';

export interface WorkerIdentity {
  readonly workerId: string;
  /** Private workers only. */
  readonly workerMetadata?: object;
}

/** How the service names a worker in a job's output; the same person in the same team has the same name. */
export function workerIdentity({ region }: EngineSettings, { name }: AnnotatorProfile, team?: Workteam, oidcIssuer?: string): WorkerIdentity {
  const pool = team?.MemberDefinitions[0].CognitoMemberDefinition?.UserPool;
  const hash = createHash('sha256').update(JSON.stringify([team?.WorkforceArn, name])).digest('hex');
  if (team === undefined) {
    return { workerId: `public.${region}.${hash.slice(0, 16).toUpperCase()}` };
  }
  return {
    workerId: `private.${region}.${hash.slice(0, 16)}`,
    workerMetadata: {
      identityData: {
        identityProviderType: pool ? 'Cognito' : 'Oidc',
        issuer: pool ? `https://cognito-idp.${region}.amazonaws.com/${pool}` : oidcIssuer,
        sub: [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-'),
      },
    },
  };
}
