import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { step } from './job-fleet-step';
import { LabelsExport } from './labels-export';
import type { PlanEvent } from './labels-export-contract';
import { keyStatements } from '../../private/s3-location';

/** More data objects than one call of the function should merge. */
const MAX_OBJECTS_IN_FUNCTION = 500_000;
/** Calls of the function at once, out of the account's thousand. */
const MAPS_AT_ONCE = 50;

/** What is merged, and where it goes. */
export interface ExportRequest extends Pick<PlanEvent, 'resultUri' | 'fleet' | 'jobs' | 'escapeFormulas'> {
  /** Bucket of the result, and of the plan. */
  readonly bucket: s3.IBucket;
}

/**
 * Merges the labels of all jobs: plan, then the whole at once; or, where one call of a function cannot hold it, every job by itself in a
 * Distributed Map, with the same code, and the parts put together. What a failed run has left is removed.
 */
export function exportStates(scope: Construct, { handler }: LabelsExport, { bucket, ...request }: ExportRequest): sfn.Chain {
  const run = sfn.JsonPath.stringAt('$$.Execution.Name');
  const call = (id: string, payload: object, resultPath?: string) => step(scope, id, handler, { payload: sfn.TaskInput.fromObject(payload), resultPath });
  const withPlan = (id: string, action: string) => call(id, { action, plan: sfn.JsonPath.objectAt('$') }, sfn.JsonPath.DISCARD);
  const each = (id: string, action: string) => distributedMap(scope, `${id}All`, bucket, step(scope, id, handler, {
    payload: sfn.TaskInput.fromObject({ action, plan: sfn.JsonPath.objectAt('$.plan'), member: sfn.JsonPath.objectAt('$.member') }),
  }));

  const plan = call('PlanExport', { action: 'plan', run, maxObjectsInFunction: MAX_OBJECTS_IN_FUNCTION, ...request });
  const merge = each('MergeJob', 'merge');
  const columns = withPlan('FindColumns', 'columns');
  const table = each('TabulateJob', 'table');
  const join = withPlan('JoinParts', 'join');
  const whole = withPlan('MergeWhole', 'whole');
  const cleanUp = call('CleanUp', { action: 'clean', run, resultUri: request.resultUri })
    .next(new sfn.Fail(scope, 'ExportFailed', { error: 'ExportFailed', cause: 'The labels could not be merged: see the step before CleanUp' }));
  for (const state of [plan, merge, columns, table, join, whole]) state.addCatch(cleanUp);
  return sfn.Chain.start(plan).next(new sfn.Choice(scope, 'HowToExport')
    .when(sfn.Condition.stringEquals('$.how', 'MAP'), merge.next(columns).next(table).next(join))
    .otherwise(whole));
}

/** The state machine itself reads the plan's list of jobs, whose bucket may have a key of its own; the rest CDK grants it. */
export function allowExport(stateMachine: sfn.StateMachine, bucket: s3.IBucket): void {
  for (const statement of keyStatements(bucket, ['kms:Decrypt'])) stateMachine.addToRolePolicy(statement);
}

/** One call for each line of the plan's list of jobs. */
function distributedMap(scope: Construct, id: string, bucket: s3.IBucket, process: sfn.IChainable): sfn.DistributedMap {
  return new sfn.DistributedMap(scope, id, {
    mapExecutionType: sfn.StateMachineType.STANDARD,
    maxConcurrency: MAPS_AT_ONCE,
    itemReader: new sfn.S3JsonLItemReader({ bucket, key: sfn.JsonPath.stringAt('$.members.key') }),
    resultPath: sfn.JsonPath.DISCARD,
    itemSelector: { plan: sfn.JsonPath.objectAt('$'), member: sfn.JsonPath.objectAt('$$.Map.Item.Value') },
  }).itemProcessor(process);
}
