import { type CollectionTag, type Document, Pair, parseDocument, Scalar, type ScalarTag, type Tags, visit, YAMLMap, type YAMLSeq } from 'yaml';
import { templateFormatError } from './errors';
import { isObject, type Json } from './template';

/** Short forms that stand for a function of the same name, `Fn::` in front. */
const FUNCTIONS = ['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split',
  'Sub', 'ToJsonString', 'Transform'];

/** Template text to an object; JSON is tried first, because YAML reads JSON with other rules (duplicate keys, tabs). */
export function parseTemplate(text: string): Json {
  const parsed = text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
  if (!isObject(parsed)) {
    throw templateFormatError('unsupported structure.');
  }
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // a YAML flow mapping starts with a brace, too
    try {
      return parseYaml(text);
    } catch {
      throw templateFormatError(`JSON not well-formed. (${(error as Error).message})`);
    }
  }
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'yaml-1.1', merge: false, customTags: (tags) => [...supported(tags), ...SHORT_FORMS] });
  const [problem] = document.errors;
  if (problem) {
    throw templateFormatError(`YAML not well-formed. (${problem.linePos ? `line ${problem.linePos[0].line}, column ${problem.linePos[0].col}` : problem.message})`);
  }
  refuseUnknown(document);
  return document.toJS();
}

/**
 * CloudFormation supports neither these tags of YAML 1.1 (so a date stays text) nor aliases. Like the usual parsers it reads `yes`
 * as true, but leaves the single letters y and n alone: `AttributeType: N`.
 */
function supported(tags: Tags): Tags {
  const unsupported = /(timestamp|binary|omap|pairs|set)$/;
  const resolved = tags.filter((tag) => typeof tag === 'string' || !unsupported.test(tag.tag));
  return resolved.map((tag) => (typeof tag !== 'string' && tag.tag.endsWith(':bool') && 'test' in tag && tag.test
    ? { ...tag, test: new RegExp(`^(?!.$)(?:${tag.test.source})`) }
    : tag));
}

function refuseUnknown(document: Document): void {
  const [warning] = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (warning) {
    throw templateFormatError(`YAML not well-formed. (${warning.message})`);
  }
  visit(document, {
    Alias: () => {
      throw templateFormatError('YAML aliases are not allowed in CloudFormation templates');
    },
  });
}

function attributePath(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function shortForm(tag: string, name: string, fromScalar: (text: string) => unknown = (text) => text): (ScalarTag | CollectionTag)[] {
  const collection = (kind: 'seq' | 'map'): CollectionTag => ({ tag, collection: kind, resolve: (value) => functionNode(name, value) });
  return [
    { tag, resolve: (text) => ({ [name]: fromScalar(text) }) },
    collection('seq'),
    collection('map'),
  ];
}

function functionNode(name: string, value: YAMLMap | YAMLSeq): YAMLMap {
  const node = new YAMLMap();
  node.items.push(new Pair(new Scalar(name), value));
  return node;
}

const SHORT_FORMS: Tags = [
  ...shortForm('!Ref', 'Ref'),
  ...shortForm('!Condition', 'Condition'),
  ...shortForm('!GetAtt', 'Fn::GetAtt', attributePath),
  ...FUNCTIONS.flatMap((name) => shortForm(`!${name}`, `Fn::${name}`)),
];
