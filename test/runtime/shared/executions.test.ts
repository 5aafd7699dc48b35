import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { StepFunctionsExecutions } from '../../../runtime/shared/executions';

const sfn = mockClient(SFNClient);
const executions = new StepFunctionsExecutions(new SFNClient({ region: 'us-east-1' }));
const execution = (name: string) => ({ name, executionArn: `arn:${name}`, stateMachineArn: 'arn:machine', status: 'FAILED' as const, startDate: new Date(0) });

beforeEach(() => {
  sfn.reset();
  sfn.on(ListExecutionsCommand).resolves({ executions: [execution('other-3'), execution('mine-2'), execution('mine-1')] });
});

test.each([
  ['of a function, its message', '{"errorType":"UserError","errorMessage":"no manifest"}', 'no manifest'],
  ['of the machine itself, its cause', 'no function', 'no function'],
  ['without a cause, its error', undefined, 'States.Timeout'],
])('the newest failure is told: %s', async (_, cause, expected) => {
  sfn.on(DescribeExecutionCommand, { executionArn: 'arn:mine-2' }).resolves({ error: 'States.Timeout', cause });
  expect(await executions.failure('arn:machine', 'mine')).toBe(expected);
});

test('nothing has failed that begins so', async () => {
  expect(await executions.failure('arn:machine', 'nobody')).toBeUndefined();
});

test('an execution that was begun before is no error, others are', async () => {
  sfn.on(StartExecutionCommand).rejects(Object.assign(new Error(), { name: 'ExecutionAlreadyExists' }));
  await expect(executions.start('arn:machine', 'mine-1')).resolves.toBeUndefined();
  sfn.on(StartExecutionCommand).rejects(Object.assign(new Error('no right'), { name: 'AccessDeniedException' }));
  await expect(executions.start('arn:machine', 'mine-1')).rejects.toThrow('no right');
});
