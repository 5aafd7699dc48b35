import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from './completion-webhook-contract';
import { ExportRequest, LABELS_EXPORTED, LabelsExportEvent, SERVER_IS_BUSY } from './labels-export-contract';
import { step } from '../../groundtruth/private/job-fleet-step';

/** The server is busy, or out of reach: half a day of tries, a minute apart. */
const PATIENCE: sfn.RetryProps = { errors: [SERVER_IS_BUSY], interval: Duration.minutes(1), maxAttempts: 720, backoffRate: 1 };

/**
 * Plans, reads images until all are read, puts the parts together, and announces it. The event comes last, so whoever hears it finds everything. What a failed
 * run has left is removed.
 */
export function exportStates(scope: Construct, handler: lambda.IFunction, request: Readonly<Record<keyof ExportRequest, unknown>>): sfn.Chain {
  const run = sfn.JsonPath.stringAt('$$.Execution.Name');
  const call = (id: string, action: LabelsExportEvent['action'], progress: object = {}) =>
    step(scope, id, handler, { payload: sfn.TaskInput.fromObject({ action, request: defined(request), run, ...progress }) }, PATIENCE);
  const next = (value: string) => sfn.Condition.stringEquals('$.next', value);

  const plan = call('PlanExport', 'plan');
  const read = call('ReadImages', 'read', { from: sfn.JsonPath.numberAt('$.from') });
  const finish = call('FinishExport', 'finish');
  const announce = new tasks.EventBridgePutEvents(scope, 'AnnounceExport', {
    entries: [{ source: EVENT_SOURCE, detailType: LABELS_EXPORTED, detail: sfn.TaskInput.fromJsonPathAt('$') }],
    resultPath: sfn.JsonPath.DISCARD,
  });
  announce.addRetry({ errors: [sfn.Errors.ALL], maxAttempts: 5, backoffRate: 2 });
  const cleanUp = call('CleanUp', 'clean')
    .next(new sfn.Fail(scope, 'ExportFailed', { error: 'ExportFailed', cause: 'The labels could not be exported: see the step before CleanUp' }));
  for (const state of [plan, read, finish]) state.addCatch(cleanUp);

  const decide = new sfn.Choice(scope, 'WhatNext')
    .when(next('read'), read)
    .when(next('finish'), finish.next(announce))
    .otherwise(new sfn.Succeed(scope, 'NothingToExport', { comment: 'The jobs are gone; what was exported before stays' }));
  read.next(decide);
  return plan.next(decide);
}

/** A state machine has no word for what is not said. */
function defined(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}
