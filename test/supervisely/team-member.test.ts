import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { asDelivered, connectionOf, jobProps, propertiesOf } from './fixtures';
import { supervisely } from '../../src';
import { decodeTeamMemberProperties, memberRemoval, TEAM_MEMBER_ATTRIBUTES } from '../../src/supervisely/private/team-member-contract';
import { newStack, statementsOf } from '../groundtruth/fixtures';

const { LabelingJob, MemberRemoval, TeamMember, TeamRole, User } = supervisely;
const TYPE = 'Custom::SuperviselyTeamMember';

function member(stack: Stack, overrides: Partial<supervisely.TeamMemberProps> = {}): supervisely.TeamMember {
  return new TeamMember(stack, 'Ann', { connection: connectionOf(stack), teamId: 8, login: 'ann', ...overrides });
}

test('is found by login, or made with a password that nobody has seen', () => {
  const stack = newStack();
  member(stack);
  const template = Template.fromStack(stack);
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
  expect(propertiesOf(stack, TYPE)).toMatchObject({ TeamId: 8, User: { Login: 'ann' }, Role: 'annotator', Account: { PasswordSecretArn: { Ref: secret } } });
  template.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: { PasswordLength: 24 } });
  expect(JSON.stringify(statementsOf(template, 'SuperviselyTeamMemberProviderOnEvent'))).toContain(`{"Ref":"${secret}"}`);
});

test('says everything to the handler as it reads it', () => {
  const stack = newStack();
  member(stack, {
    role: TeamRole.REVIEWER,
    password: secretsmanager.Secret.fromSecretNameV2(stack, 'Password', 'ann'),
    passwordField: 'password',
    restricted: false,
    fullName: 'Ann',
    email: 'ann@example.com',
    removal: MemberRemoval.REMOVE,
  });
  const delivered = asDelivered<any>({ ...propertiesOf(stack, TYPE) });
  expect(decodeTeamMemberProperties(delivered)).toMatchObject({
    teamId: 8, user: { login: 'ann' }, role: 'reviewer',
    account: { passwordField: 'password', restricted: false, name: 'Ann', email: 'ann@example.com' },
  });
  expect(memberRemoval(delivered)).toBe('REMOVE');
  Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
});

test.each<[string, Partial<supervisely.TeamMemberProps>]>([
  ['a login whose account must be there', { createAccount: false }], ['an id', { login: undefined, userId: 7 }],
])('%s: never makes an account, and has no password', (_, overrides) => {
  const stack = newStack();
  expect(member(stack, overrides).password).toBeUndefined();
  expect(propertiesOf(stack, TYPE)).not.toHaveProperty('Account');
  Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
});

test('is there before a job of theirs', () => {
  const stack = newStack();
  new LabelingJob(stack, 'Job', jobProps(stack, { connection: connectionOf(stack), labelers: [member2(stack)], reviewer: User.fromLogin('bob') }));
  const [id] = Object.keys(Template.fromStack(stack).findResources(TYPE));
  const properties = propertiesOf(stack, 'Custom::SuperviselyLabelingJob');
  expect(properties.Labelers).toEqual([{ Id: { 'Fn::GetAtt': [id, 'UserId'] } }]);
  expect(properties.Editable.Reviewer).toEqual({ Login: 'bob' });
});

function member2(stack: Stack): supervisely.TeamMember {
  return new TeamMember(stack, 'Ben', { connection: stack.node.findChild('Server') as supervisely.Connection, teamId: 8, login: 'ben' });
}

test('reads attributes of the contract', () => {
  const stack = newStack();
  const { userId, login, teamId, accountCreated } = member(stack);
  const read = [userId, login, teamId, accountCreated].map((value) => stack.resolve(value)['Fn::GetAtt'][1]);
  expect(read).toEqual(['UserId', 'Login', 'TeamId', 'AccountCreated']);
  expect(TEAM_MEMBER_ATTRIBUTES).toEqual(expect.arrayContaining(read));
});

test.each<[string, Partial<supervisely.TeamMemberProps>, string]>([
  ['nobody', { login: undefined }, "'login' is missing"],
  ['two answers', { userId: 7 }, "'login' and 'userId' both say who it is"],
  ['an empty login', { login: '' }, "'login' must have 1 to 255 characters"],
  ['a login with spaces', { login: ' ann' }, "'login' must have 1 to 255 characters and no space at its ends"],
  ['no team', { teamId: 0 }, "'teamId' must be a whole number from 1, got 0"],
  ['half a user', { login: undefined, userId: 1.5 }, "'userId' must be a whole number from 1, got 1.5"],
  ['an account without login', { login: undefined, userId: 7, createAccount: true }, "'createAccount' needs a 'login'"],
  ['a name for an account that is never made', { createAccount: false, fullName: 'Ann' }, "'fullName' is for an account that is made"],
  ['a field of no secret', { passwordField: 'a' }, "'passwordField' is for a 'password' only"],
  ['a strange mail address', { email: 'ann' }, '\'email\' must be a mail address, got "ann"'],
])('fails with %s', (_, overrides, problem) => {
  expect(() => member(newStack(), overrides)).toThrow(problem);
});

test('fails with a role in capitals', () => {
  expect(() => TeamRole.of('Annotator')).toThrow('\'name\' must be the lower-case name of a role, got "Annotator"');
  expect(TeamRole.of('quality manager').roleName).toBe('quality manager');
});
