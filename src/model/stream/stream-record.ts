import { OBJECT_ID_ATTRIBUTE_NAME, STREAM_ID_ATTRIBUTE, STREAM_OBJECT_ATTRIBUTE, StreamObject } from './attributes';
import { LONGEST_OBJECT_ID } from './object-id';
import { sourceLineProblems } from '../dataset/source-line';
import { canonicalJson, sha256 } from '../groundtruth/identity';
import { LIMITS } from '../groundtruth/limits';
import { manifestLine } from '../groundtruth/manifest';

export interface RecordRules {
  /** Member of a record whose value is its key. */
  readonly deduplicationKey?: string;
  /** Which of both a record must have; absent: either. */
  readonly source?: 'source' | 'source-ref';
  /** The stream's name: what it has given to a job itself does not come in again. */
  readonly stream?: string;
}

/** A record that the stream takes. */
export interface StreamRecord {
  /** Absent where the record itself is its key. */
  readonly key?: string;
  readonly digest: string;
  /** As it was sent, in one line. */
  readonly line: string;
}

export interface RefusedRecord {
  readonly problems: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;

/** SNS and SQS: bytes of a message. */
const LARGEST_MESSAGE = 262_144;
/** DG, sms-streaming-labeling-job: characters of an object's id and of the name of its member. */
const LONGEST_KEY = 1024;
const LONGEST_STREAM_NAME = 256;
const LONGEST_JOB_NAME = 63;
const LONGEST_LABEL_ATTRIBUTE = 127;
const OWN_MEMBERS = [OBJECT_ID_ATTRIBUTE_NAME, STREAM_ID_ATTRIBUTE, STREAM_OBJECT_ATTRIBUTE];

/** Reads one record; what Ground Truth would not take is refused with everything that is wrong with it. */
export function readRecord(text: string, rules: RecordRules): StreamRecord | RefusedRecord {
  // a line break within JSON stands between its tokens only; what other readers take for one is escaped
  const line = text.replace(/^\uFEFF/, '').trim().replace(/[\r\n]+/g, ' ').replace(/[\u2028\u2029\u0085]/g, escaped);
  const problems = sourceLineProblems(line, rules.source ?? 'either', 1).map((problem) => problem.replace(/^line 1:?/, 'the record:').replace(/^the record: (is|has) /, 'the record $1 '));
  const members = membersOf(line);
  if (members === undefined) return { problems };
  const key = keyOf(members, rules);
  const all = [...problems, ...reservedProblems(members, rules), ...(key instanceof KeyProblem ? [key.message] : [])];
  if (all.length > 0 || key instanceof KeyProblem) return { problems: all };
  const record = { key, digest: sha256(key ?? canonicalJson(withoutOwn(members))), line: ownLine(line, members) };
  const sizes = sizeProblems(record);
  return sizes.length > 0 ? { problems: sizes } : record;
}

/** The record as it is published: its own text is left as it is. */
export function forwardedLine(line: string, id: string, object: StreamObject): string {
  const members = { [OBJECT_ID_ATTRIBUTE_NAME]: STREAM_ID_ATTRIBUTE, [STREAM_ID_ATTRIBUTE]: id, [STREAM_OBJECT_ATTRIBUTE]: object };
  return `${line.slice(0, -1).trimEnd()},${JSON.stringify(members).slice(1)}`;
}

class KeyProblem extends Error {}

/** The member that the stream names, else the one that the record names, else nothing: then the record is its key. */
function keyOf(members: Members, { deduplicationKey }: RecordRules): string | undefined | KeyProblem {
  const named = deduplicationKey ?? members[OBJECT_ID_ATTRIBUTE_NAME];
  if (named === undefined) return undefined;
  if (typeof named !== 'string') return new KeyProblem(`the record: '${OBJECT_ID_ATTRIBUTE_NAME}' must name a member, got ${JSON.stringify(named)}`);
  const value = Object.hasOwn(members, named) ? members[named] : undefined;
  const isKey = (typeof value === 'string' && value !== '') || typeof value === 'number';
  if (!isKey) return new KeyProblem(`the record: '${named}' must be its key, a text or a number, got ${JSON.stringify(value)?.slice(0, 80) ?? 'nothing'}`);
  const key = String(value);
  return key.length <= LONGEST_KEY ? key : new KeyProblem(`the record: its key '${named}' has ${key.length} characters, at most ${LONGEST_KEY} are taken: shorten it`);
}

/** The output of another stream may be the input of this one; else these names are ours. */
function reservedProblems(members: Members, { stream }: RecordRules): string[] {
  if (isOfStream(members)) {
    const { stream: from } = (members[STREAM_OBJECT_ATTRIBUTE] ?? {}) as Partial<StreamObject>;
    return stream !== undefined && from === stream ? ['the record: it comes from this stream itself, whose output must not be its input'] : [];
  }
  return [STREAM_ID_ATTRIBUTE, STREAM_OBJECT_ATTRIBUTE].filter((name) => Object.hasOwn(members, name))
    .map((name) => `the record: the stream itself sets '${name}', rename yours`);
}

function isOfStream(members: Members): boolean {
  return members[OBJECT_ID_ATTRIBUTE_NAME] === STREAM_ID_ATTRIBUTE && typeof members[STREAM_ID_ATTRIBUTE] === 'string';
}

function withoutOwn(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !OWN_MEMBERS.includes(name)));
}

/** A number keeps its digits, as long as nothing has to be taken out. */
function ownLine(line: string, members: Members): string {
  return OWN_MEMBERS.some((name) => Object.hasOwn(members, name)) ? manifestLine(withoutOwn(members)) : line;
}

/** With all that the stream will add, at its longest. */
function sizeProblems({ key, line }: StreamRecord): string[] {
  const longest = {
    stream: 'x'.repeat(LONGEST_STREAM_NAME), key, receivedAt: 1e13, forwardedAt: 1e13,
    labelingJobName: 'x'.repeat(LONGEST_JOB_NAME), labelAttributeName: 'x'.repeat(LONGEST_LABEL_ATTRIBUTE),
  };
  const published = forwardedLine(line, 'x'.repeat(LONGEST_OBJECT_ID), longest);
  const bytes = Buffer.byteLength(published);
  return [
    ...published.length > LIMITS.manifestLineLength
      ? [`the record has ${published.length} characters with what the stream adds, Ground Truth takes at most ${LIMITS.manifestLineLength}: shorten or split it`] : [],
    ...bytes > LARGEST_MESSAGE ? [`the record has ${bytes} bytes with what the stream adds, a message holds at most ${LARGEST_MESSAGE}: shorten or split it`] : [],
  ];
}

function membersOf(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Members : undefined;
  } catch {
    return undefined;
  }
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
