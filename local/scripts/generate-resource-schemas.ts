/**
 * Writes CloudFormation's own registry schemas of the simulated resource types, as cfn-lint's Python package ships
 * them, without descriptions, plus the names of all types that CloudFormation knows:
 *
 *     pip install cfn-lint && npx tsx local/scripts/generate-resource-schemas.ts
 *
 * Facts only: properties, constraints, which of them are read-only or force a replacement, and the GetAtt attributes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const SIMULATED_TYPES = [
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::Stack',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::SageMaker::Workteam',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
];

const EXTRACT = `
import json, sys
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as manager
import cfnlint.data.schemas.providers.us_east_1 as region
schemas = {}
for name in json.load(sys.stdin):
    schema = manager.get_resource_schema('us-east-1', name)
    schemas[name] = dict(schema.schema, attributes=list(schema.get_atts.keys()))
json.dump({'schemas': schemas, 'types': sorted(region.types)}, sys.stdout)
`;

const KEPT = ['typeName', 'additionalProperties', 'definitions', 'properties', 'required', 'allOf', 'anyOf', 'oneOf', 'requiredOr', 'requiredXor',
  'dependentExcluded', 'createOnlyProperties', 'readOnlyProperties', 'primaryIdentifier', 'tagging', 'attributes'];
const DROPPED_KEYWORDS = new Set(['description', 'format', 'examples', '$comment', 'insertionOrder', 'default']);

/** Schemas without texts, without formats (CloudFormation does not check them) and without defaults (the services own theirs). */
function strip(schema: unknown, names = false): unknown {
  if (Array.isArray(schema)) {
    return schema.map((item) => strip(item));
  }
  if (schema === null || typeof schema !== 'object') {
    // the end of the text is spelled as Java does in some patterns
    return typeof schema === 'string' ? schema.replace(/\\Z$/, '$') : schema;
  }
  return Object.fromEntries(Object.entries(schema)
    .filter(([keyword]) => names || !DROPPED_KEYWORDS.has(keyword))
    .map(([keyword, value]) => [keyword, strip(value, !names && ['properties', 'patternProperties', 'definitions'].includes(keyword))]));
}

function write(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, undefined, 1)}\n`);
}

function main(): void {
  const folder = path.resolve(__dirname, '../src/services/cloudformation/schemas');
  const extracted = JSON.parse(execFileSync('python3', ['-c', EXTRACT], { input: JSON.stringify(SIMULATED_TYPES), encoding: 'utf8', maxBuffer: 1 << 28 }));
  mkdirSync(folder, { recursive: true });
  readdirSync(folder).forEach((file) => rmSync(path.join(folder, file)));
  write(path.join(folder, 'type-names.json'), extracted.types);
  for (const [name, schema] of Object.entries<Record<string, unknown>>(extracted.schemas)) {
    const kept = Object.fromEntries(KEPT.filter((key) => key in schema).map((key) => [key, schema[key]]));
    write(path.join(folder, `${name.replaceAll('::', '-').toLowerCase()}.json`), strip(kept));
  }
}

main();
