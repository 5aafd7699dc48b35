import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

/** Lambda's own errors: the call never reached the handler, or its answer was lost. */
const LAMBDA_ERRORS = ['Lambda.ClientExecutionTimeoutException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException'];

/** A call of a function whose answer is the next state's input. `patience` goes before the few tries that any error gets. */
export function step(
  scope: Construct, id: string, lambdaFunction: lambda.IFunction, props: Pick<tasks.LambdaInvokeProps, 'payload' | 'resultPath'> = {}, patience?: sfn.RetryProps,
): tasks.LambdaInvoke {
  const task = new tasks.LambdaInvoke(scope, id, { ...props, lambdaFunction, payloadResponseOnly: true, retryOnServiceExceptions: false });
  task.addRetry({ errors: LAMBDA_ERRORS, interval: Duration.seconds(2), maxAttempts: 6, backoffRate: 2 });
  if (patience) task.addRetry(patience);
  // what a service answers wrongly for a minute; a fleet's lease is the execution's, so the next try has it still
  task.addRetry({ errors: [sfn.Errors.TASKS_FAILED], interval: Duration.seconds(30), maxAttempts: 2, backoffRate: 2 });
  return task;
}
