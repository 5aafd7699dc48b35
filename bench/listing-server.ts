import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A ListLabelingJobs that has `jobs` jobs and answers each page after `latencyMs`; takes S3's PUTs and multipart uploads too. */
export async function startListingServer(jobs: number, latencyMs: number): Promise<{ endpoint: string; calls: () => number; stop: () => void }> {
  let calls = 0;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (!request.headers['x-amz-target']) return answerS3(request, response);
      calls++;
      const { NextToken = '0', MaxResults = 100 } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
      const body = JSON.stringify(page(Number(NextToken), Math.min(Number(NextToken) + MaxResults, jobs), jobs));
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(body), latencyMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls: () => calls,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function page(from: number, to: number, jobs: number): object {
  return { LabelingJobSummaryList: Array.from({ length: to - from }, (_, index) => summary(from + index)), ...(to < jobs && { NextToken: String(to) }) };
}

function summary(index: number): object {
  const name = `bench-${String(index).padStart(7, '0')}`;
  return {
    LabelingJobName: name,
    LabelingJobArn: `arn:aws:sagemaker:us-east-1:123456789012:labeling-job/${name}`,
    CreationTime: 1_700_000_000 + index,
    LastModifiedTime: 1_700_000_000 + index,
    LabelingJobStatus: 'Completed',
    LabelCounters: { TotalLabeled: 20, HumanLabeled: 20, MachineLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 0 },
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/readers',
    PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-TextMultiClass',
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://bench/${name}.manifest` } } },
  };
}

function answerS3(request: http.IncomingMessage, response: http.ServerResponse): void {
  response.setHeader('etag', '"0"');
  if (request.url!.includes('uploads')) response.end('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>');
  else if (request.method === 'POST') response.end('<CompleteMultipartUploadResult><ETag>"0"</ETag></CompleteMultipartUploadResult>');
  else response.end();
}
