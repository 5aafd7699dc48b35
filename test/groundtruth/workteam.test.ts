import { Aws, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { newStack } from './fixtures';
import { groundtruth } from '../../src';

const { Workteam, WorkteamMembers } = groundtruth;
const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/readers';

function cognitoMembers(stack: Stack, groups = ['a', 'b']): groundtruth.WorkteamMembers {
  const userPool = new cognito.UserPool(stack, 'Pool');
  userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'readers' } });
  return WorkteamMembers.cognito({ userPool, userPoolClient: userPool.addClient('Client', { generateSecret: true }), groups });
}

const oidcMembers = (...groups: string[]) => WorkteamMembers.oidc({ groups });

describe('a team', () => {
  test('of Cognito groups has one member definition a group, and stands after the pool\'s domain', () => {
    const stack = newStack();
    new Workteam(stack, 'Team', { members: cognitoMembers(stack) });
    const [{ Properties, DependsOn }] = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Workteam'));
    expect(Properties.MemberDefinitions).toEqual(['a', 'b'].map((group) => ({
      CognitoMemberDefinition: {
        CognitoUserPool: { Ref: expect.stringMatching(/^Pool/) }, CognitoClientId: { Ref: expect.stringMatching(/^PoolClient/) }, CognitoUserGroup: group,
      },
    })));
    expect(DependsOn).toContainEqual(expect.stringMatching(/^PoolDomain/));
  });

  test('of OIDC groups has one member definition', () => {
    const stack = newStack();
    new Workteam(stack, 'Team', { members: oidcMembers('a', 'b'), workforceName: 'people', description: 'd', workteamName: 'readers' });
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Workteam', {
      MemberDefinitions: [{ OidcMemberDefinition: { OidcGroups: ['a', 'b'] } }], WorkforceName: 'people', Description: 'd', WorkteamName: 'readers',
    });
  });

  test('has a description and a name when nobody gives one', () => {
    const stack = newStack();
    const team = new Workteam(stack, 'Team', { members: oidcMembers('a') });
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Workteam', {
      Description: 'Labels for Labels/Team', WorkteamName: Match.stringLikeRegexp('^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$'),
    });
    expect(stack.resolve(team.workteamArn)).toEqual({ Ref: expect.stringMatching(/^Team/) });
  });

  test.each<[string, Partial<groundtruth.WorkteamProps>, string]>([
    ['a name with an underscore', { workteamName: 'a_b' }, "'workteamName' must have 1 to 63"],
    ['a long name', { workteamName: 'x'.repeat(64) }, "'workteamName'"],
    ['a workforce name that begins with a hyphen', { workforceName: '-a' }, "'workforceName'"],
    ['an empty description', { description: '' }, "'description' must have 1 to 200"],
    ['a long description', { description: 'x'.repeat(201) }, 'got 201'],
  ])('fails with %s', (_, props, problem) => {
    expect(() => new Workteam(newStack(), 'Team', { members: oidcMembers('a'), ...props })).toThrow(problem);
  });

  test.each([[0], [11]])('fails with %d groups', (count) => {
    const groups = Array.from({ length: count }, (_, i) => `g${i}`);
    expect(() => oidcMembers(...groups)).toThrow(`'groups' must name 1 to 10 groups, got ${count}`);
    expect(() => cognitoMembers(newStack(), groups)).toThrow(`got ${count}`);
  });

  test('fails with a group whose name is too long', () => {
    expect(() => oidcMembers('x'.repeat(64))).toThrow('names of 1 to 63 characters');
    expect(() => cognitoMembers(newStack(), ['x'.repeat(129)])).toThrow('names of 1 to 128 characters');
  });
});

describe('notifications', () => {
  test('are allowed for this account\'s teams, and the topic\'s key too', () => {
    const stack = newStack();
    const notificationTopic = new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') });
    new Workteam(stack, 'Team', { members: oidcMembers('a'), notificationTopic });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::SageMaker::Workteam', {
      Properties: { NotificationConfiguration: { NotificationTopicArn: { Ref: Match.stringLikeRegexp('^Topic') } } },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^TopicPolicy')]),
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [Match.objectLike({
          Action: 'sns:Publish',
          Principal: { Service: 'sagemaker.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': Match.anyValue() } },
        })],
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Principal: { Service: 'sagemaker.amazonaws.com' } })]) },
    });
  });

  test('on a topic of somebody else give a warning', () => {
    const stack = newStack();
    const notificationTopic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:t');
    new Workteam(stack, 'Team', { members: oidcMembers('a'), notificationTopic });
    Annotations.fromStack(stack).hasWarning('/Labels/Team', Match.stringLikeRegexp('allow sagemaker.amazonaws.com to publish.*workteamTopicPolicy'));
  });
});

describe('an existing team', () => {
  test('is known by its ARN', () => {
    const team = Workteam.fromWorkteamArn(newStack(), 'Team', ARN);
    expect([team.workteamArn, team.workteamName, team.env.region]).toEqual([ARN, 'readers', 'us-east-1']);
  });

  test('is known by its name', () => {
    const stack = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
    const team = Workteam.fromWorkteamName(stack, 'Team', 'readers');
    expect(stack.resolve(team.workteamArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:us-east-1:111122223333:workteam/private-crowd/readers']],
    });
  });

  test('may have an ARN that is known at deployment only', () => {
    const stack = newStack();
    expect(Workteam.fromWorkteamArn(stack, 'Team', Aws.NO_VALUE).workteamArn).toBe(Aws.NO_VALUE);
  });

  test('fails with a name or ARN of something else', () => {
    expect(() => Workteam.fromWorkteamName(newStack(), 'Team', 'a/b')).toThrow("'workteamName'");
    expect(() => Workteam.fromWorkteamArn(newStack(), 'Team', 'arn:aws:iam::111122223333:role/r')).toThrow("'workteamArn' must be like");
  });
});
