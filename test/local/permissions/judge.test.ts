import { conditionsHold } from '../../../local/src/permissions/conditions';
import { judge, type Principal } from '../../../local/src/permissions/judge';
import type { Need, Statement } from '../../../local/src/permissions/policy';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
const READ: Need = { action: 's3:GetObject', resource: 'arn:aws:s3:::mails/in/1.txt' };
const DECRYPT: Need = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k` };

const role = (...identity: Statement[]): Principal => ({ arns: [ROLE, `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session`], account: ACCOUNT, identity });
const allow = (Action: string | string[], Resource: string | string[], more: Partial<Statement> = {}): Statement => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: string, Resource: string, more: Partial<Statement> = {}): Statement => ({ Effect: 'Deny', Action, Resource, ...more });

test.each<[string, Principal, Need, Statement[] | undefined, boolean]>([
  ['nothing allows it', role(), READ, undefined, false],
  ['the action in other letters, the resource by a wildcard', role(allow('s3:getobject', 'arn:aws:s3:::mails/in/*')), READ, undefined, true],
  ['an action by a wildcard', role(allow('s3:Get*', '*')), READ, undefined, true],
  ['a resource differs by the case of its letters', role(allow('s3:GetObject', 'arn:aws:s3:::Mails/*')), READ, undefined, false],
  ['a dot is a dot', role(allow('s3:GetObject', 'arn:aws:s3:::mails/in/1?txt')), READ, undefined, true],
  ['all but other actions', role({ Effect: 'Allow', NotAction: 's3:PutObject', Resource: '*' }), READ, undefined, true],
  ['all but this resource', role({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::mails/*' }), READ, undefined, false],
  ['an explicit deny wins', role(allow('*', '*'), deny('s3:*', '*')), READ, undefined, false],
  ['the bucket\'s policy names the role', role(), READ, [allow('s3:GetObject', '*', { Principal: { AWS: ROLE } })], true],
  ['the bucket\'s policy names another role', role(), READ, [allow('s3:GetObject', '*', { Principal: { AWS: `${ROLE}2` } })], false],
  ['the bucket\'s policy names the account: its roles need their own right', role(), READ, [allow('s3:*', '*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })], false],
  ['the bucket\'s policy denies everybody', role(allow('*', '*')), READ, [deny('s3:*', '*', { Principal: '*' })], false],
  ['a key whose policy leaves it to the account', role(allow('kms:Decrypt', '*')), DECRYPT, [allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })], true],
  ['a key whose policy does not', role(allow('kms:Decrypt', '*')), DECRYPT, [allow('kms:*', '*', { Principal: { AWS: `${ROLE}2` } })], false],
  ['a boundary without it', { ...role(allow('*', '*')), boundary: [allow('s3:PutObject', '*')] }, READ, undefined, false],
  ['a boundary with it', { ...role(allow('*', '*')), boundary: [allow('s3:*', '*')] }, READ, undefined, true],
  ['a service that the queue lets in', { arns: [], account: ACCOUNT, service: 'sns.amazonaws.com', identity: [] }, { action: 'sqs:SendMessage', resource: 'q' },
    [allow('sqs:SendMessage', 'q', { Principal: { Service: 'sns.amazonaws.com' } })], true],
  ['a service that it does not', { arns: [], account: ACCOUNT, service: 'events.amazonaws.com', identity: [] }, { action: 'sqs:SendMessage', resource: 'q' },
    [allow('sqs:SendMessage', 'q', { Principal: { Service: 'sns.amazonaws.com' } })], false],
])('%s', (_, principal, need, resourcePolicy, allowed) => {
  expect(judge(principal, need, resourcePolicy).allowed).toBe(allowed);
});

test.each<[string, Record<string, Record<string, unknown>>, boolean]>([
  ['equal', { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }, true],
  ['one of several', { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'sagemaker.amazonaws.com'] } }, true],
  ['not equal', { StringNotEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }, false],
  ['a key that is not there', { StringEquals: { 'aws:SourceVpc': 'vpc' } }, false],
  ['a key that is not there, if it exists', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc' } }, true],
  ['a key that is not there is not equal', { StringNotEquals: { 'aws:SourceVpc': 'vpc' } }, true],
  ['it is not there', { Null: { 'aws:SourceVpc': 'true' } }, true],
  ['transport', { Bool: { 'aws:SecureTransport': 'false' } }, false],
  ['a number', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, false],
  ['an ARN by a pattern', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:mails' } }, true],
  ['all tag keys are allowed ones', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b', 'c'] } }, true],
  ['any tag key is one', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['b'] } }, true],
  ['both blocks must hold', { StringLike: { 'aws:SourceArn': '*:mails' }, Bool: { 'aws:SecureTransport': 'false' } }, false],
])('condition: %s', (_, block, holds) => {
  const keys = {
    'iam:passedtoservice': ['sagemaker.amazonaws.com'],
    'aws:securetransport': ['true'],
    's3:tlsversion': ['1.3'],
    'aws:sourcearn': ['arn:aws:sns:us-east-1:1:mails'],
    'aws:tagkeys': ['a', 'b'],
  };
  expect(conditionsHold(block, keys)).toBe(holds);
});

test('an operator that is not known is an error, not a yes', () => {
  expect(() => conditionsHold({ IpAddressish: { 'aws:SourceIp': '1.2.3.4' } }, {})).toThrow('IpAddressish');
});
