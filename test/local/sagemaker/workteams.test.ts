import {
  CreateWorkforceCommand, CreateWorkteamCommand, DeleteWorkforceCommand, DeleteWorkteamCommand, DescribeWorkforceCommand, DescribeWorkteamCommand,
  ListSubscribedWorkteamsCommand, ListWorkforcesCommand, ListWorkteamsCommand, RenderUiTemplateCommand, SageMakerClient, UpdateWorkteamCommand,
} from '@aws-sdk/client-sagemaker';
import { startEngine, type TestEngine } from '../engine-for-tests';

const member = (UserGroup: string, UserPool = 'us-east-1_aBcDeFgHi') => ({ CognitoMemberDefinition: { UserPool, UserGroup, ClientId: 'client' } });
const team = (WorkteamName: string, ...MemberDefinitions: object[]) => new CreateWorkteamCommand({ WorkteamName, Description: 'A team', MemberDefinitions });

describe('work teams and workforces', () => {
  let engine: TestEngine;
  let client: SageMakerClient;
  beforeEach(async () => {
    engine = await startEngine({ annotators: 'off' });
    client = new SageMakerClient({ ...engine.clientConfig, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await engine.stop();
  });

  test('the first Cognito team makes the workforce "default", which outlives it', async () => {
    const { WorkteamArn } = await client.send(team('readers', member('a')));
    expect(WorkteamArn).toBe('arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/readers');
    const { Workteam } = await client.send(new DescribeWorkteamCommand({ WorkteamName: 'readers' }));
    expect(Workteam).toMatchObject({ WorkforceArn: expect.stringMatching(/:workforce\/default$/), SubDomain: expect.stringMatching(/\.labeling\.us-east-1\.sagemaker\.aws$/) });

    await expect(client.send(new DeleteWorkforceCommand({ WorkforceName: 'default' }))).rejects.toMatchObject({ name: 'ResourceInUse' });
    expect(await client.send(new DeleteWorkteamCommand({ WorkteamName: 'readers' }))).toMatchObject({ Success: true });
    const { Workforces } = await client.send(new ListWorkforcesCommand({}));
    expect(Workforces).toMatchObject([{ WorkforceName: 'default', Status: 'Active', CognitoConfig: { ClientId: 'client' } }]);
    await client.send(new DeleteWorkforceCommand({ WorkforceName: 'default' }));
    await expect(client.send(new DescribeWorkforceCommand({ WorkforceName: 'default' }))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('No workforce') });
  });

  test('one workforce in a region, one pool for all teams', async () => {
    await client.send(team('readers', member('a')));
    await expect(client.send(team('others', member('a', 'us-east-1_other')))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining("workforce 'default'") });
    const CognitoConfig = { UserPool: 'us-east-1_other', ClientId: 'client' };
    await expect(client.send(new CreateWorkforceCommand({ WorkforceName: 'second', CognitoConfig }))).rejects.toMatchObject({ name: 'ResourceInUse' });
  });

  test.each<[string, object[]]>([
    ['neither kind of member', [{}]],
    ['two pools', [member('a'), member('b', 'us-east-1_other')]],
    ['Cognito and OIDC groups', [member('a'), { OidcMemberDefinition: { Groups: ['x'] } }]],
    ['OIDC groups without a workforce', [{ OidcMemberDefinition: { Groups: ['x'] } }]],
  ])('refuses a team of %s', async (_, members) => {
    await expect(client.send(team('bad', ...members))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('a pool that the engine knows must have the group, a client with a secret, and a domain', async () => {
    const cognito = <T>(operation: string, input: object) => engine.core.call<T>('cognito-idp', operation, input);
    const { UserPool: { Id: UserPoolId } } = await cognito<{ UserPool: { Id: string } }>('CreateUserPool', { PoolName: 'people' });
    const appClient = async (GenerateSecret: boolean) => (await cognito<{ UserPoolClient: { ClientId: string } }>('CreateUserPoolClient', {
      UserPoolId, ClientName: 'portal', GenerateSecret,
    })).UserPoolClient.ClientId;
    const create = async (ClientId: string) => client.send(team('known', { CognitoMemberDefinition: { UserPool: UserPoolId, UserGroup: 'a', ClientId } }));
    const [open, secret] = [await appClient(false), await appClient(true)];

    await expect(create(secret)).rejects.toMatchObject({ message: expect.stringContaining("UserGroup 'a' cannot be used") });
    await cognito('CreateGroup', { UserPoolId, GroupName: 'a' });
    await expect(create('absent')).rejects.toMatchObject({ message: expect.stringContaining("ClientId 'absent' cannot be used") });
    await expect(create(open)).rejects.toMatchObject({ message: expect.stringContaining('has no secret') });
    await expect(create(secret)).rejects.toMatchObject({ message: expect.stringContaining('has no domain') });
    await cognito('CreateUserPoolDomain', { UserPoolId, Domain: 'people' });
    await expect(create(secret)).resolves.toMatchObject({ WorkteamArn: expect.any(String) });
  });

  test('update, list, name reuse and absence', async () => {
    await client.send(team('readers', member('a')));
    await expect(client.send(team('Readers', member('a')))).rejects.toMatchObject({ name: 'ResourceInUse' });
    await client.send(new UpdateWorkteamCommand({ WorkteamName: 'readers', Description: 'Other', MemberDefinitions: [member('b')] }));
    await client.send(team('writers', member('a')));
    const { Workteams } = await client.send(new ListWorkteamsCommand({ SortBy: 'Name', SortOrder: 'Descending' }));
    expect(Workteams!.map(({ WorkteamName, Description }) => [WorkteamName, Description])).toEqual([['writers', 'A team'], ['readers', 'Other']]);
    await expect(client.send(new DescribeWorkteamCommand({ WorkteamName: 'absent' }))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('The work team') });
    expect((await client.send(new ListSubscribedWorkteamsCommand({}))).SubscribedWorkteams).toEqual([]);
  });

  test('RenderUiTemplate renders, and reports what is wrong with a template', async () => {
    const render = (Content: string) => client.send(new RenderUiTemplateCommand({
      UiTemplate: { Content }, Task: { Input: JSON.stringify({ text: '<b>', list: ['a'] }) }, RoleArn: 'arn:aws:iam::123456789012:role/labeling',
    }));
    expect((await render('{{ task.input.text }} {{ task.input.list | to_json }}')).RenderedContent).toBe('&lt;b&gt; ["a"]');
    const failed = await render('{{ task.input.text | no_such_filter }}');
    expect(failed).toMatchObject({ RenderedContent: '', Errors: [{ Code: 'InvalidTemplate', Message: expect.stringContaining('no_such_filter') }] });
  });
});
