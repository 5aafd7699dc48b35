import { checkManifest } from './manifest';
import { checkOperation } from './operation';
import { checkReport } from './report';
import type { EngineSettings } from '../../../core/engine';
import { badRequest } from '../errors';
import type { JobRequest } from '../job';

/** What CreateJob refuses beyond the model's constraints; what only the manifest or an object can show fails the job or the task. */
export function checkRequest(settings: EngineSettings, request: JobRequest): void {
  checkRole(settings, request.RoleArn!);
  checkOperation(settings, request.Operation!);
  checkManifest(request);
  checkReport(settings, request.Report!);
}

function checkRole({ accountId }: EngineSettings, arn: string): void {
  const account = arn.split(':')[4];
  if (account !== accountId) throw badRequest(`RoleArn must be a role of the account ${accountId}, got '${arn}'`);
}
