import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeLabelingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { endedLinesOf } from './ended-lines';
import { Datasets, EventBus, Queue, Topic } from './ports';
import { STREAM_EVENT_SOURCE } from '../../src/groundtruth/private/labeling-stream-contract';
import { JobDescription } from '../labeling-job/ports';
import { description } from '../labeling-job/sagemaker-jobs';
import { httpStatus, isNotFound } from '../shared/errors';
import { bytesOf } from '../shared/s3-bytes';
import { listKeys } from '../shared/s3-listing';
import { parseS3Uri } from '../shared/s3-uri';

export function sqsQueue(sqs: SQSClient, QueueUrl: string): Queue {
  return {
    send: async (MessageBody, { attributes = {}, delaySeconds } = {}) => {
      const MessageAttributes = Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: delaySeconds, MessageAttributes }));
    },
  };
}

export function snsTopic(sns: SNSClient, TopicArn: string): Topic {
  return {
    publish: async (publications) => {
      const PublishBatchRequestEntries = publications.map(({ message }, index) => ({ Id: String(index), Message: message }));
      const { Failed = [] } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
      return new Map(Failed.map(({ Id, Code, Message }) => [publications[Number(Id)].id, `${Code}: ${Message}`]));
    },
  };
}

export function eventBus(client: EventBridgeClient, EventBusName: string): EventBus {
  return {
    put: async (events) => {
      const { Entries = [] } = await client.send(new PutEventsCommand({
        Entries: events.map(({ type, detail, time }) => (
          { EventBusName, Source: STREAM_EVENT_SOURCE, DetailType: type, Detail: detail, Time: new Date(time) })),
      }));
      return Entries.map(({ ErrorCode, ErrorMessage }) => (ErrorCode === undefined ? undefined : `${ErrorCode}: ${ErrorMessage}`));
    },
  };
}

export function s3Datasets(s3: S3Client): Datasets {
  return {
    version: async (uri) => {
      const { bucket, key } = parseS3Uri(uri);
      try {
        return (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag;
      } catch (error) {
        // an answer to HEAD has no body and so no error code
        if (httpStatus(error) === 404) return undefined;
        throw error;
      }
    },
    lines: (uri, from, etag) => endedLinesOf(rest(bytesOf(s3, parseS3Uri(uri), etag, from)), from),
    list: (bucket, prefix, after) => listKeys(s3, bucket, prefix, after),
  };
}

/** Nothing is left after the last byte; S3 calls that an error. */
async function* rest(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (httpStatus(error) !== 416) throw error;
  }
}

export function describing(client: SageMakerClient): (name: string) => Promise<JobDescription | undefined> {
  return async (LabelingJobName) => {
    try {
      return description(await client.send(new DescribeLabelingJobCommand({ LabelingJobName })));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
}
