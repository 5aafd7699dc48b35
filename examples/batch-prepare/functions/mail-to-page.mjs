import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

// a custom endpoint, such as the local engine's, has no host for each bucket
const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

/** S3 is not to try it again. */
class PermanentFailure extends Error {
  name = 'PermanentFailure';
}

/**
 * Makes a page of a mail. What it answers goes into the mail's line of the labeling manifest.
 *
 * @param {import('../../../src').s3batch.BatchObject} object
 */
export async function handler({ bucket, key, arguments: { folder } }) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const mail = await Body.transformToString();
  const subject = /^Subject:[ \t]*(.*)$/im.exec(headersOf(mail))?.[1];
  if (subject === undefined) throw new PermanentFailure('this is no mail: it has no subject');
  // the copy's folder is replaced by the pages' one: two mails never share a page
  const page = `${folder}/${key.replace(/^[^/]*\//, '').replace(/\.eml$/, '')}.html`;
  await s3.send(new PutObjectCommand({
    Bucket: bucket, Key: page, ContentType: 'text/html; charset=utf-8', Body: `<!DOCTYPE html><title>${escaped(subject)}</title><pre>${escaped(mail)}</pre>\n`,
  }));
  return { 'source-ref': `s3://${bucket}/${page}`, 'subject': subject, 'characters': mail.length };
}

function headersOf(mail) {
  return mail.split(/\r?\n\r?\n/, 1)[0];
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
