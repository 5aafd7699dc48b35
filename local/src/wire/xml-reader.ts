import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Member, ServiceModel, Shape } from './model';
import { scalarFromText } from './scalars';
import { ServiceError } from '../core/service';

const TEXT = '#text';
const ATTRIBUTE = '@';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // `xsi:type` keeps its prefix, a default namespace does not matter
  removeNSPrefix: false,
});

type Node = string | { [name: string]: Node | Node[] };

export function malformedXml(): ServiceError {
  return new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
}

/** The document's root element as the model's value. */
export function readXml(model: ServiceModel, member: Member, rootNames: string[], text: string): unknown {
  if (XMLValidator.validate(text) !== true) throw malformedXml();
  const document = parser.parse(text) as Record<string, Node>;
  const [name] = Object.keys(document).filter((key) => !key.startsWith(ATTRIBUTE) && key !== TEXT);
  if (!rootNames.includes(name)) throw malformedXml();
  return readNode(model, member, document[name]);
}

function readNode(model: ServiceModel, member: Member, node: Node): unknown {
  const shape = model.shapes[member.shape];
  switch (shape.type) {
    case 'structure': return readStructure(model, shape, node);
    case 'list': return readList(model, member, shape, node);
    case 'map': return readMap(model, member, shape, node);
    default:
      try {
        return scalarFromText(shape, textOf(node));
      } catch {
        throw malformedXml();
      }
  }
}

function readStructure(model: ServiceModel, shape: Shape, node: Node): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const children = typeof node === 'string' ? {} : node;
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const child = children[elementName(model, name, member)];
    if (child === undefined || member.location) continue;
    const value = Array.isArray(child) && !isRepeated(model, member) ? child[child.length - 1] : child;
    result[name] = readNode(model, member, value as Node);
  }
  return result;
}

function elementName(model: ServiceModel, name: string, member: Member): string {
  const shape = model.shapes[member.shape];
  const isFlattened = shape.type === 'list' && (member.flattened || shape.flattened);
  const element = member.locationName ?? (isFlattened ? shape.member!.locationName : undefined) ?? name;
  return member.xmlAttribute ? ATTRIBUTE + element : element;
}

function isRepeated(model: ServiceModel, member: Member): boolean {
  return Boolean(member.flattened || model.shapes[member.shape].flattened);
}

function readList(model: ServiceModel, member: Member, shape: Shape, node: Node): unknown[] {
  const items = isRepeated(model, member) ? node : typeof node === 'string' ? [] : node[shape.member!.locationName ?? 'member'] ?? [];
  return asArray(items).map((item) => readNode(model, shape.member!, item));
}

function readMap(model: ServiceModel, member: Member, shape: Shape, node: Node): Record<string, unknown> {
  const entries = asArray(isRepeated(model, member) ? node : typeof node === 'string' ? [] : node.entry ?? []);
  return Object.fromEntries(entries.map((entry) => {
    if (typeof entry === 'string') throw malformedXml();
    const key = textOf(entry[shape.key!.locationName ?? 'key'] as Node);
    return [key, readNode(model, shape.value!, entry[shape.value!.locationName ?? 'value'] as Node)];
  }));
}

function asArray(node: Node | Node[]): Node[] {
  return Array.isArray(node) ? node : [node];
}

function textOf(node: Node): string {
  if (typeof node === 'string') return node;
  const text = node[TEXT] ?? '';
  return Array.isArray(text) ? text.join('') : String(text);
}
