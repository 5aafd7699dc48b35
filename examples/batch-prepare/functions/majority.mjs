import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

/**
 * One label of the workers' answers: what most of them said.
 *
 * @param {import('../../../src').groundtruth.ConsolidationEvent} event
 */
export async function handler({ payload, labelAttributeName }) {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(payload.s3Uri);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return JSON.parse(await Body.transformToString()).map(({ datasetObjectId, annotations }) => ({
    datasetObjectId, consolidatedAnnotation: { content: { [labelAttributeName]: majority(annotations) } },
  }));
}

function majority(annotations) {
  const answers = annotations.map(({ annotationData }) => JSON.parse(annotationData.content).kind.label);
  const votes = (label) => answers.filter((answer) => answer === label).length;
  const [label] = [...new Set(answers)].sort((a, b) => votes(b) - votes(a));
  return { label, votes: votes(label), of: answers.length };
}
