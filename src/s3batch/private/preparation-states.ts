import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { NOT_YET, WakeEvent } from './data-preparation-contract';
import { step as callState } from '../../groundtruth/private/job-fleet-step';
import { handlerLogGroup } from '../../private/handler-function';

/** A deployment ends within CloudFormation's hour, whichever way. */
const WAKE_INTERVAL = Duration.seconds(30);
const WAKE_ATTEMPTS = 140;

/** What a payload consists of: constants, and paths into the execution's data. */
type Payload = { readonly action: string } & Readonly<Record<string, unknown>>;

const AGAIN = sfn.Condition.stringEquals('$.answer.next', 'again');

/** Calls of a function that carries out what takes longer than a call. */
export class PreparationStates {
  constructor(private readonly scope: Construct, private readonly handler: lambda.IFunction) {}

  call(id: string, payload: Payload): tasks.LambdaInvoke {
    return callState(this.scope, id, this.handler, { payload: sfn.TaskInput.fromObject(payload), resultPath: '$.answer' });
  }

  /** Begins a step, and looks at its jobs until they and what they began have ended. */
  step(id: string, payload: Readonly<Record<string, unknown>>): sfn.Chain {
    const begin = this.call(`${id}Begin`, { action: 'start', ...payload });
    const look = this.call(`${id}Look`, { action: 'look', ...payload });
    const { decide, done } = this.again(id, look);
    look.next(decide);
    return sfn.Chain.custom(begin, [done], begin.next(decide).startState);
  }

  /** One call, and again until it answers that it is done. */
  untilDone(id: string, payload: Payload): sfn.Chain {
    const call = this.call(id, payload);
    const { decide, done } = this.again(id, call);
    call.next(decide);
    return sfn.Chain.custom(call, [done], call);
  }

  /** Calls after as many seconds as the last answer says. */
  private again(id: string, call: sfn.TaskStateBase): { decide: sfn.Choice; done: sfn.Pass } {
    const wait = new sfn.Wait(this.scope, `${id}Wait`, { time: sfn.WaitTime.secondsPath('$.answer.waitSeconds') });
    wait.next(call);
    const done = new sfn.Pass(this.scope, `${id}Done`);
    return { decide: new sfn.Choice(this.scope, `${id}Ended`).when(AGAIN, wait).otherwise(done), done };
  }

  /** Whoever cannot be woken yet is tried again, as long as a deployment can take; one that has failed waits no more. */
  wake(id: string, wakes: string): sfn.Chain {
    const state = new tasks.LambdaInvoke(this.scope, id, {
      lambdaFunction: this.handler,
      payload: sfn.TaskInput.fromObject({ action: 'wake', wakes } satisfies WakeEvent),
      payloadResponseOnly: true,
      resultPath: '$.answer',
      retryOnServiceExceptions: false,
    });
    const nobody = new sfn.Pass(this.scope, `${id}Nobody`);
    state.addRetry({ errors: [NOT_YET], interval: WAKE_INTERVAL, maxAttempts: WAKE_ATTEMPTS, backoffRate: 1 });
    state.addRetry({ errors: [sfn.Errors.TASKS_FAILED], interval: WAKE_INTERVAL, maxAttempts: 10, backoffRate: 1.5 });
    state.addCatch(nobody, { errors: [NOT_YET], resultPath: sfn.JsonPath.DISCARD });
    return sfn.Chain.start(state);
  }

  machine(id: string, comment: string, states: sfn.IChainable): sfn.StateMachine {
    return new sfn.StateMachine(this.scope, id, {
      definitionBody: sfn.DefinitionBody.fromChainable(states),
      comment,
      tracingEnabled: true,
      logs: { destination: handlerLogGroup(this.scope, `${id}Logs`), level: sfn.LogLevel.ALL, includeExecutionData: true },
    });
  }
}
