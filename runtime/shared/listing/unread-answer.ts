import type { IncomingMessage } from 'node:http';
import type { LabelingJobSummary, ListLabelingJobsCommandOutput, SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { JobPage } from './list-page';

const ANSWER = Symbol('the answer as it came');

/**
 * Makes a client leave the answers of ListLabelingJobs as they came. The SDK reads them member by member along the service's schema,
 * which takes most of the time of a listing; and a page that waits for earlier ones takes a tenth of the room as it came, out of the
 * garbage collector's way. Errors are read by the SDK as ever.
 */
export function leaveAnswersUnread(client: SageMakerClient): SageMakerClient {
  client.middlewareStack.add((next, { commandName }) => async (args) => {
    const result = await next(args);
    const response = result.response as { statusCode: number; body: unknown; [ANSWER]?: Buffer };
    if (commandName !== 'ListLabelingJobsCommand' || response.statusCode !== 200) return result;
    response[ANSWER] = await bytes(response.body as IncomingMessage);
    response.body = Buffer.from('{}');
    return result;
  }, { step: 'deserialize', priority: 'low', name: 'leaveAnswerUnread' });
  client.middlewareStack.add((next) => async (args) => {
    const result = await next(args);
    const { [ANSWER]: answer } = result.response as { [ANSWER]?: Buffer };
    return answer ? { ...result, output: { ...result.output, [ANSWER]: answer } } : result;
  }, { step: 'initialize', priority: 'high', name: 'giveAnswer' });
  // it would go through all that was read, for a logger that nobody has set
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/**
 * The page, if the client left it unread. What a listing has to know at once stands in the text under names that cannot occur
 * anywhere else in JSON: inside a string, their quotation marks would be escaped.
 */
export function unread(output: ListLabelingJobsCommandOutput): JobPage | undefined {
  const { [ANSWER]: answer } = output as { [ANSWER]?: Buffer };
  if (!answer) return undefined;
  const text = answer.toString('latin1');
  const token = /"NextToken"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return {
    times: Array.from(text.matchAll(/"CreationTime"\s*:\s*([-+.\deE]+)/g), ([, seconds]) => milliseconds(Number(seconds))),
    jobs: () => read(answer),
    nextToken: token === undefined ? undefined : JSON.parse(token) as string,
  };
}

function read(answer: Buffer): LabelingJobSummary[] {
  const { LabelingJobSummaryList: jobs = [] } = JSON.parse(answer.toString('utf8')) as { LabelingJobSummaryList?: Times[] };
  for (const job of jobs) {
    job.CreationTime = time(job.CreationTime);
    job.LastModifiedTime = time(job.LastModifiedTime);
  }
  return jobs as LabelingJobSummary[];
}

interface Times {
  CreationTime?: unknown;
  LastModifiedTime?: unknown;
}

/** Seconds on the wire, with or without a fraction. */
function time(seconds: unknown): Date | undefined {
  return typeof seconds === 'number' ? new Date(milliseconds(seconds)) : undefined;
}

/** As the SDK rounds. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000);
}

function bytes(body: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.on('end', () => resolve(Buffer.concat(chunks)));
    body.on('error', reject);
  });
}
