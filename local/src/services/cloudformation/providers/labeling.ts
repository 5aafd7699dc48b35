import { type Call, changed, defined, pick, type SimulatedResource, tagMap, tagsOf, unlessGone, updateTags } from './provider';
import type { ResourceRequest } from '../deployment/resource-provider';
import type { Json } from '../template/template';

/** Work teams and the user pools that their members come from. */
export function labelingResources(call: Call): SimulatedResource[] {
  return [workteam(call), userPool(call), userPoolClient(call), userPoolGroup(call), userPoolDomain(call)];
}

type MemberDefinition = Readonly<Record<'CognitoMemberDefinition' | 'OidcMemberDefinition', Json | undefined>>;

function workteam(call: Call): SimulatedResource {
  const members = ({ Description, MemberDefinitions, NotificationConfiguration }: Json) => defined({
    Description,
    NotificationConfiguration,
    MemberDefinitions: (MemberDefinitions as MemberDefinition[] | undefined)?.map(({ CognitoMemberDefinition: cognito, OidcMemberDefinition: oidc }) =>
      defined({
        CognitoMemberDefinition: cognito && { UserPool: cognito.CognitoUserPool, UserGroup: cognito.CognitoUserGroup, ClientId: cognito.CognitoClientId },
        OidcMemberDefinition: oidc && { Groups: oidc.OidcGroups },
      })),
  });
  const result = (physicalId: string) => ({ physicalId, attributes: { Id: physicalId, WorkteamName: physicalId.split('/').pop() } });
  const nameOf = (physicalId: string) => physicalId.split('/').pop();
  return {
    type: 'AWS::SageMaker::Workteam',
    properties: ['Description', 'MemberDefinitions', 'NotificationConfiguration', 'Tags', 'WorkforceName', 'WorkteamName'],
    create: async (request) => {
      const { properties } = request;
      const { WorkteamArn } = await call('sagemaker', 'CreateWorkteam', {
        ...members(properties), ...pick(properties, ['WorkforceName']), WorkteamName: properties.WorkteamName ?? request.generatedName(63), Tags: tagsOf(properties),
      });
      return result(WorkteamArn);
    },
    update: async ({ properties }, { physicalId, properties: before }) => {
      await call('sagemaker', 'UpdateWorkteam', { WorkteamName: nameOf(physicalId), ...members(properties) });
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (Tags) => call('sagemaker', 'AddTags', { ResourceArn: physicalId, Tags }),
        remove: (TagKeys) => call('sagemaker', 'DeleteTags', { ResourceArn: physicalId, TagKeys }),
      });
      return result(physicalId);
    },
    delete: (_, physicalId) => unlessGone(call('sagemaker', 'DeleteWorkteam', { WorkteamName: nameOf(physicalId) }), 'ResourceNotFound'),
  };
}

const USER_POOL = ['AccountRecoverySetting', 'AdminCreateUserConfig', 'AutoVerifiedAttributes', 'DeletionProtection', 'DeviceConfiguration', 'EmailConfiguration',
  'EmailVerificationMessage', 'EmailVerificationSubject', 'LambdaConfig', 'MfaConfiguration', 'Policies', 'SmsAuthenticationMessage', 'SmsConfiguration',
  'SmsVerificationMessage', 'UserAttributeUpdateSettings', 'UserPoolAddOns', 'UserPoolTier', 'VerificationMessageTemplate'];
/** Set once: an update does not take them. */
const USER_POOL_AT_CREATION = ['AliasAttributes', 'Schema', 'UsernameAttributes', 'UsernameConfiguration'];
const GONE = 'ResourceNotFoundException';

function userPool(call: Call): SimulatedResource {
  const result = ({ stack }: ResourceRequest, UserPoolId: string, Arn: string) => ({
    physicalId: UserPoolId,
    attributes: {
      UserPoolId, Arn, ProviderName: `cognito-idp.${stack.region}.amazonaws.com/${UserPoolId}`, ProviderURL: `https://cognito-idp.${stack.region}.amazonaws.com/${UserPoolId}`,
    },
  });
  return {
    type: 'AWS::Cognito::UserPool',
    properties: [...USER_POOL, ...USER_POOL_AT_CREATION, 'UserPoolName', 'UserPoolTags'],
    create: async (request) => {
      const { properties } = request;
      const { UserPool } = await call('cognito-idp', 'CreateUserPool', {
        ...pick(properties, [...USER_POOL, ...USER_POOL_AT_CREATION, 'UserPoolTags']), PoolName: properties.UserPoolName ?? request.generatedName(128),
      });
      return result(request, UserPool.Id, UserPool.Arn);
    },
    update: async (request, { physicalId: UserPoolId, properties: before }) => {
      if (changed(before, request.properties, USER_POOL_AT_CREATION)) {
        throw new Error(`Invalid AttributeDataType input: ${USER_POOL_AT_CREATION.join(', ')} cannot be changed once a user pool exists`);
      }
      await call('cognito-idp', 'UpdateUserPool', { UserPoolId, ...pick(request.properties, USER_POOL), UserPoolTags: tagMap(tagsOf(request.properties, 'UserPoolTags')) });
      const { UserPool } = await call('cognito-idp', 'DescribeUserPool', { UserPoolId });
      return result(request, UserPoolId, UserPool.Arn);
    },
    delete: (_, UserPoolId) => unlessGone(call('cognito-idp', 'DeleteUserPool', { UserPoolId }), GONE),
  };
}

const CLIENT = ['AccessTokenValidity', 'AllowedOAuthFlows', 'AllowedOAuthFlowsUserPoolClient', 'AllowedOAuthScopes', 'AnalyticsConfiguration', 'AuthSessionValidity',
  'CallbackURLs', 'ClientName', 'DefaultRedirectURI', 'EnablePropagateAdditionalUserContextData', 'EnableTokenRevocation', 'ExplicitAuthFlows', 'IdTokenValidity',
  'LogoutURLs', 'PreventUserExistenceErrors', 'ReadAttributes', 'RefreshTokenRotation', 'RefreshTokenValidity', 'SupportedIdentityProviders', 'TokenValidityUnits',
  'UserPoolId', 'WriteAttributes'];

function userPoolClient(call: Call): SimulatedResource {
  const result = ({ UserPoolClient: client }: Record<string, Json>) => ({
    physicalId: String(client.ClientId), attributes: defined({ ClientId: client.ClientId, Name: client.ClientName, ClientSecret: client.ClientSecret }),
  });
  return {
    type: 'AWS::Cognito::UserPoolClient',
    properties: [...CLIENT, 'GenerateSecret'],
    create: async (request) => {
      const { properties } = request;
      return result(await call('cognito-idp', 'CreateUserPoolClient', { ...pick(properties, [...CLIENT, 'GenerateSecret']), ClientName: properties.ClientName ?? request.generatedName(128) }));
    },
    update: async ({ properties }, { physicalId: ClientId }) => result(await call('cognito-idp', 'UpdateUserPoolClient', { ...pick(properties, CLIENT), ClientId })),
    delete: ({ properties: { UserPoolId } }, ClientId) => unlessGone(call('cognito-idp', 'DeleteUserPoolClient', { UserPoolId, ClientId }), GONE),
  };
}

function userPoolGroup(call: Call): SimulatedResource {
  const GROUP = ['Description', 'Precedence', 'RoleArn', 'UserPoolId'];
  return {
    type: 'AWS::Cognito::UserPoolGroup',
    properties: [...GROUP, 'GroupName'],
    create: async (request) => {
      const GroupName = request.properties.GroupName as string | undefined ?? request.generatedName(128);
      await call('cognito-idp', 'CreateGroup', { ...pick(request.properties, GROUP), GroupName });
      return { physicalId: GroupName };
    },
    update: async ({ properties }, { physicalId: GroupName }) => {
      await call('cognito-idp', 'UpdateGroup', { ...pick(properties, GROUP), GroupName });
      return { physicalId: GroupName };
    },
    delete: ({ properties: { UserPoolId } }, GroupName) => unlessGone(call('cognito-idp', 'DeleteGroup', { UserPoolId, GroupName }), GONE),
  };
}

function userPoolDomain(call: Call): SimulatedResource {
  const DOMAIN = ['CustomDomainConfig', 'Domain', 'ManagedLoginVersion', 'UserPoolId'];
  return {
    type: 'AWS::Cognito::UserPoolDomain',
    properties: DOMAIN,
    create: async ({ properties }) => {
      const { CloudFrontDomain } = await call('cognito-idp', 'CreateUserPoolDomain', pick(properties, DOMAIN));
      return { physicalId: properties.Domain as string, attributes: defined({ CloudFrontDistribution: CloudFrontDomain }) };
    },
    update: async ({ properties }, { physicalId }) => {
      const { CloudFrontDomain } = await call('cognito-idp', 'UpdateUserPoolDomain', pick(properties, DOMAIN));
      return { physicalId, attributes: defined({ CloudFrontDistribution: CloudFrontDomain }) };
    },
    delete: ({ properties: { UserPoolId } }, Domain) => unlessGone(call('cognito-idp', 'DeleteUserPoolDomain', { UserPoolId, Domain }), GONE, 'InvalidParameterException'),
  };
}
