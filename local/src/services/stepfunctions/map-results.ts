import { TaskError } from './task-error';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what flows through a state machine is any JSON */
type Json = any;

/** How a child of a Map run has ended. */
export interface ChildResult {
  readonly name: string;
  readonly executionArn: string;
  readonly input: Json;
  readonly startDate: number;
  readonly stopDate: number;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** Writes the children's results as the service does: a file for each status and a manifest, which the state answers with. */
export async function writeResults(
  core: EngineCore, { Bucket, Prefix }: { Bucket: string; Prefix?: string }, mapRunArn: string, machineArn: string, results: readonly ChildResult[],
): Promise<Json> {
  const folder = `${Prefix === undefined || Prefix === '' ? '' : `${Prefix.replace(/\/$/, '')}/`}${mapRunArn.split(':').at(-1)}`;
  const put = async (name: string, content: Json): Promise<{ Key: string; Size: number }> => {
    const Body = Buffer.from(JSON.stringify(content));
    await core.call('s3', 'PutObject', { Bucket, Key: `${folder}/${name}`, Body, ContentType: 'application/json' });
    return { Key: `${folder}/${name}`, Size: Body.length };
  };
  const files = async (status: ChildResult['status']) => {
    const own = results.filter((result) => result.status === status);
    return own.length > 0 ? [await put(`${status}_0.json`, own.map((result) => entry(result, machineArn)))] : [];
  };
  try {
    const ResultFiles = { FAILED: await files('FAILED'), PENDING: [], SUCCEEDED: await files('SUCCEEDED') };
    const { Key } = await put('manifest.json', { DestinationBucket: Bucket, MapRunArn: mapRunArn, ResultFiles });
    return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket, Key } };
  } catch (error) {
    if (error instanceof ServiceError) throw new TaskError('States.ResultWriterFailed', error.message);
    throw error;
  }
}

function entry({ name, executionArn, input, startDate, stopDate, status, output, error, cause }: ChildResult, StateMachineArn: string): Json {
  return {
    ExecutionArn: executionArn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    ...(status === 'SUCCEEDED' ? { Output: JSON.stringify(output), OutputDetails: { Included: true } } : { Error: error, Cause: cause }),
    RedriveCount: 0,
    StartDate: new Date(startDate).toISOString(),
    StateMachineArn,
    Status: status,
    StopDate: new Date(stopDate).toISOString(),
  };
}
