import { probableId, readOutputLine } from '../../../src/model/stream/output-line';
import { forwardedLine } from '../../../src/model/stream/stream-record';

const ID = 'a'.repeat(64);
const OBJECT = { stream: 'mail', receivedAt: 1, forwardedAt: 2, labelingJobName: 'job-r1', labelAttributeName: 'spam' };
const LINE = forwardedLine('{"source":"x"}', ID, OBJECT);

function output(members: object, line = LINE) {
  return readOutputLine(JSON.stringify({ ...JSON.parse(line) as object, ...members }), 'mail', 'spam');
}

test('a label, with its time in UTC and the job that gave it', () => {
  expect(output({ 'spam': 0, 'spam-metadata': { 'job-name': 'labeling-job/job-r2', 'creation-date': '2026-11-01T08:00:00.123456' } })).toMatchObject({
    id: ID, of: { digest: ID, attempt: 1 }, object: OBJECT, jobNames: ['job-r1', 'job-r2'], outcome: { kind: 'labeled', at: Date.UTC(2026, 10, 1, 8, 0, 0, 123) },
  });
});

test('custom task types spell it with underscores', () => {
  expect(output({ 'spam': 'x', 'spam-metadata': { job_name: 'labeling-job/job-r1', creation_date: '2026-11-01T08:00:00Z' } }))
    .toMatchObject({ jobNames: ['job-r1'], outcome: { kind: 'labeled', at: Date.UTC(2026, 10, 1, 8) } });
});

test('a failure, with or without a former label', () => {
  expect(output({ 'spam': 0, 'spam-metadata': { 'failure-reason': 'ClientError' } })?.outcome).toEqual({ kind: 'failed', reason: 'ClientError' });
});

test.each<[string, object, object]>([
  ['the one that the job was asked for', { phishing: 1 }, { kind: 'labeled', at: undefined }],
  ['its failure', { 'phishing-metadata': { 'failure-reason': 'ClientError' } }, { kind: 'failed', reason: 'ClientError' }],
])('while a job with another label follows, the label is %s', (_, members, outcome) => {
  const line = forwardedLine('{"source":"x"}', ID, { ...OBJECT, labelAttributeName: 'phishing' });
  expect(output(members, line)).toMatchObject({ labelAttributeName: 'phishing', outcome });
  // what was on its way to the former job came to the present one
  expect(output({ spam: 0 }, line)).toMatchObject({ labelAttributeName: 'spam', outcome: { kind: 'labeled' } });
});

test('a further attempt, and nothing said of it yet', () => {
  expect(output({}, forwardedLine('{"source":"x"}', `${ID}.3`, OBJECT))).toMatchObject({ of: { digest: ID, attempt: 3 }, outcome: { kind: 'open' } });
});

test.each([
  ['of another stream', forwardedLine('{"source":"x"}', ID, { ...OBJECT, stream: 'other' })],
  ['with an id that no stream makes', forwardedLine('{"source":"x"}', `${ID}.1.2`, OBJECT)],
  ['of another producer', '{"source":"x","spam":1}'],
  ['no JSON', 'hello'],
])('what is %s is not ours', (_, line) => {
  expect(readOutputLine(line, 'mail', 'spam')).toBeUndefined();
});

test('the id is found without reading the line, and not within a text', () => {
  expect(probableId(LINE)).toBe(ID);
  expect(probableId(LINE.replace('"stream-object-id":', '"stream-object-id" : '))).toBe(ID);
  expect(probableId(JSON.stringify({ source: `{"stream-object-id":"${ID}"}` }))).toBeUndefined();
});
