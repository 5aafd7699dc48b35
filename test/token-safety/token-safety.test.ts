import * as fs from 'node:fs';
import * as path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';
import { FACTORY_CASES, PROPERTY_CASES, TokenCases, Tokens } from './cases';
import { S3BATCH_FACTORY_CASES, S3BATCH_PROPERTY_CASES } from './s3batch-cases';
import { SUPERVISELY_FACTORY_CASES, SUPERVISELY_PROPERTY_CASES } from './supervisely-cases';
import { newStack } from '../groundtruth/fixtures';

const SRC = path.join(__dirname, '..', '..', 'src');
/** Types whose values can be tokens. Booleans, dates and constructs cannot. */
const TOKENISABLE = new Set(['string', 'number', 'string[]', 'number[]', 'Duration']);
/** Folders of public structs; those of other job systems are told apart by the submodule's name. */
const FOLDERS = [
  { folder: '.', prefix: '' }, { folder: 'groundtruth', prefix: '' }, { folder: 's3batch', prefix: 's3batch.' }, { folder: 'supervisely', prefix: 'supervisely.' },
];
const PROPERTIES = { ...PROPERTY_CASES, ...S3BATCH_PROPERTY_CASES, ...SUPERVISELY_PROPERTY_CASES };
const FACTORIES = { ...FACTORY_CASES, ...S3BATCH_FACTORY_CASES, ...SUPERVISELY_FACTORY_CASES };

/** All properties of public structs that can be tokens, read off the sources, so that a new one is not forgotten. */
function tokenisableProperties(): string[] {
  const files = FOLDERS.flatMap(({ folder, prefix }) =>
    fs.readdirSync(path.join(SRC, folder)).filter((file) => file.endsWith('.ts')).map((file) => ({ file: path.join(SRC, folder, file), prefix })));
  return files.flatMap(({ file, prefix }) => {
    const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    return source.statements.filter(ts.isInterfaceDeclaration)
      .filter((declared) => /(Props|Options)$/.test(declared.name.text))
      .flatMap((declared) => declared.members.filter(ts.isPropertySignature)
        .filter((member) => TOKENISABLE.has(member.type!.getText()))
        .map((member) => `${prefix}${declared.name.text}.${member.name.getText()}`));
  }).sort();
}

test('has a case for every property that can be a token', () => {
  expect(Object.keys(PROPERTIES).sort()).toEqual(tokenisableProperties());
});

const all: Array<[string, TokenCases]> = [...Object.entries(PROPERTIES), ...Object.entries(FACTORIES)];

test.each(all.filter(([, { renders }]) => renders))('%s may be known at deployment only', (_, { renders }) => {
  const stack = newStack();
  renders!(stack, new Tokens(stack));
  expect(JSON.stringify({ ...Template.fromStack(stack).toJSON(), Parameters: {} })).toMatch(/\{"Ref":"Token(Text|List|Number)"\}/);
});

test.each(all.filter(([, { refused }]) => refused))('%s fails when it must be known at synthesis', (_, { refused }) => {
  const stack = newStack();
  const tokens = new Tokens(stack);
  expect(() => refused!(stack, tokens)).toThrow(/must be known at synthesis/);
});
