import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FleetStepInput, FleetStepOutput } from './job-fleet-contract';
import { step } from './job-fleet-step';
import { handlerLogGroup } from '../../private/handler-function';

/** What a fleet's state machine consists of. */
export interface FleetStateMachineProps {
  /** What every step is told; an execution needs no input. */
  readonly constants: Pick<FleetStepInput, 'stateBucket' | 'prefix'>;
  readonly prepare: lambda.IFunction;
  readonly reconcile: lambda.IFunction;
  /** What merges the labels. */
  readonly merge: sfn.IChainable;
}

const next = (value: FleetStepOutput['next']) => sfn.Condition.stringEquals('$.next', value);

/** Prepare, reconcile, again and again until nothing is left to be done now, then merge the labels. Anybody may start it at any time. */
export function fleetStateMachine(scope: Construct, id: string, props: FleetStateMachineProps): sfn.StateMachine {
  const prepare = step(scope, 'Prepare', props.prepare);
  const reconcile = step(scope, 'Reconcile', props.reconcile);
  const decide = new sfn.Choice(scope, 'Decide')
    .when(next('again'), new sfn.Wait(scope, 'Wait', { time: sfn.WaitTime.secondsPath('$.waitSeconds') }).next(prepare))
    .when(next('reconcile'), reconcile)
    .when(next('export'), props.merge)
    .otherwise(new sfn.Succeed(scope, 'Done'));
  prepare.next(decide);
  reconcile.next(decide);
  return new sfn.StateMachine(scope, id, {
    definitionBody: sfn.DefinitionBody.fromChainable(begin(scope, props.constants, prepare)),
    comment: 'Reconciles a fleet of labeling jobs; needs no input',
    tracingEnabled: true,
    logs: { destination: handlerLogGroup(scope, 'RunLogs'), level: sfn.LogLevel.ALL, includeExecutionData: true },
  });
}

/** An execution's input is whatever woke it, an event for instance: only the wish for the merged result is read from it. */
function begin(scope: Construct, constants: FleetStateMachineProps['constants'], prepare: sfn.State): sfn.IChainable {
  const start = (id: string, asked: object) => new sfn.Pass(scope, id, {
    parameters: { ...constants, execution: sfn.JsonPath.stringAt('$$.Execution.Name'), ...asked },
  }).next(prepare);
  return new sfn.Choice(scope, 'Begin')
    .when(sfn.Condition.isPresent('$.export'), start('BeginWithExport', { export: sfn.JsonPath.objectAt('$.export') }))
    .otherwise(start('BeginWithoutExport', { export: false }));
}
