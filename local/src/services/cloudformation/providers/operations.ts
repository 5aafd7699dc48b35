import { arn, type Call, changed, defined, pick, type SimulatedResource, tagMap, tagsOf, unlessGone, updateTags } from './provider';
import type { Json } from '../template/template';

/** Logs, parameters, alarms: what operating a stack needs. */
export function operationsResources(call: Call): SimulatedResource[] {
  return [logGroup(call), parameter(call), alarm(call), dashboard(call)];
}

function logGroup(call: Call): SimulatedResource {
  const retain = async (logGroupName: string, after: Json, before: Json) => {
    if (changed(before, after, ['RetentionInDays'])) {
      await (after.RetentionInDays === undefined
        ? call('logs', 'DeleteRetentionPolicy', { logGroupName })
        : call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: after.RetentionInDays }));
    }
  };
  return {
    type: 'AWS::Logs::LogGroup',
    properties: ['KmsKeyId', 'LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const logGroupName = properties.LogGroupName as string | undefined ?? request.generatedName(512);
      const tags = tagsOf(properties);
      await call('logs', 'CreateLogGroup', defined({
        logGroupName, kmsKeyId: properties.KmsKeyId, logGroupClass: properties.LogGroupClass, tags: tags.length > 0 ? tagMap(tags) : undefined,
      }));
      request.initiated(logGroupName);
      await retain(logGroupName, properties, {});
      return { physicalId: logGroupName, attributes: { Arn: arn(request, 'logs', `log-group:${logGroupName}:*`) } };
    },
    update: async (request, { physicalId, properties: before }) => {
      const { properties } = request;
      await retain(physicalId, properties, before);
      if (changed(before, properties, ['KmsKeyId'])) {
        await (properties.KmsKeyId === undefined
          ? call('logs', 'DisassociateKmsKey', { logGroupName: physicalId })
          : call('logs', 'AssociateKmsKey', { logGroupName: physicalId, kmsKeyId: properties.KmsKeyId }));
      }
      const resourceArn = arn(request, 'logs', `log-group:${physicalId}`);
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (tags) => call('logs', 'TagResource', { resourceArn, tags: tagMap(tags) }),
        remove: (tagKeys) => call('logs', 'UntagResource', { resourceArn, tagKeys }),
      });
      return { physicalId, attributes: { Arn: `${resourceArn}:*` } };
    },
    delete: (_, logGroupName) => unlessGone(call('logs', 'DeleteLogGroup', { logGroupName }), 'ResourceNotFoundException'),
  };
}

const PARAMETER = ['AllowedPattern', 'DataType', 'Description', 'Policies', 'Tier', 'Type', 'Value'];

function parameter(call: Call): SimulatedResource {
  const result = (Name: string, properties: Json) => ({ physicalId: Name, attributes: { Name, ...pick(properties, ['Type', 'Value']) } });
  return {
    type: 'AWS::SSM::Parameter',
    properties: [...PARAMETER, 'Name', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const Name = properties.Name as string | undefined ?? `CFN-${request.generatedName(200)}`;
      await call('ssm', 'PutParameter', { ...pick(properties, PARAMETER), Name, Tags: tagsOf(properties) });
      return result(Name, properties);
    },
    update: async ({ properties }, { physicalId: Name, properties: before }) => {
      await call('ssm', 'PutParameter', { ...pick(properties, PARAMETER), Name, Overwrite: true });
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (Tags) => call('ssm', 'AddTagsToResource', { ResourceType: 'Parameter', ResourceId: Name, Tags }),
        remove: (TagKeys) => call('ssm', 'RemoveTagsFromResource', { ResourceType: 'Parameter', ResourceId: Name, TagKeys }),
      });
      return result(Name, properties);
    },
    delete: (_, Name) => unlessGone(call('ssm', 'DeleteParameter', { Name }), 'ParameterNotFound'),
  };
}

const ALARM = ['ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'ComparisonOperator', 'DatapointsToAlarm', 'Dimensions', 'EvaluateLowSampleCountPercentile',
  'EvaluationPeriods', 'ExtendedStatistic', 'InsufficientDataActions', 'MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Threshold',
  'ThresholdMetricId', 'TreatMissingData', 'Unit'];

function alarm(call: Call): SimulatedResource {
  return {
    type: 'AWS::CloudWatch::Alarm',
    properties: [...ALARM, 'AlarmName', 'Tags'],
    create: async (request) => {
      const AlarmName = request.properties.AlarmName as string | undefined ?? request.generatedName(255);
      await call('cloudwatch', 'PutMetricAlarm', { ...pick(request.properties, ALARM), AlarmName, Tags: tagsOf(request.properties) });
      return { physicalId: AlarmName, attributes: { Arn: arn(request, 'cloudwatch', `alarm:${AlarmName}`) } };
    },
    update: async (request, { physicalId: AlarmName, properties: before }) => {
      const ResourceARN = arn(request, 'cloudwatch', `alarm:${AlarmName}`);
      await call('cloudwatch', 'PutMetricAlarm', { ...pick(request.properties, ALARM), AlarmName });
      await updateTags(tagsOf(before), tagsOf(request.properties), {
        set: (Tags) => call('cloudwatch', 'TagResource', { ResourceARN, Tags }),
        remove: (TagKeys) => call('cloudwatch', 'UntagResource', { ResourceARN, TagKeys }),
      });
      return { physicalId: AlarmName, attributes: { Arn: ResourceARN } };
    },
    delete: (_, name) => unlessGone(call('cloudwatch', 'DeleteAlarms', { AlarmNames: [name] }), 'ResourceNotFound'),
  };
}

function dashboard(call: Call): SimulatedResource {
  return {
    type: 'AWS::CloudWatch::Dashboard',
    properties: ['DashboardBody', 'DashboardName'],
    create: async (request) => {
      const { DashboardBody, DashboardName = request.generatedName(255) } = request.properties;
      await call('cloudwatch', 'PutDashboard', { DashboardBody, DashboardName });
      return { physicalId: DashboardName as string };
    },
    update: async ({ properties: { DashboardBody } }, { physicalId }) => {
      await call('cloudwatch', 'PutDashboard', { DashboardBody, DashboardName: physicalId });
      return { physicalId };
    },
    delete: (_, name) => unlessGone(call('cloudwatch', 'DeleteDashboards', { DashboardNames: [name] }), 'ResourceNotFound'),
  };
}
