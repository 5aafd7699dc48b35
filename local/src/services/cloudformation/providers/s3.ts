import { type Call, changed, defined, document, type SimulatedResource, unlessGone } from './provider';
import { BUCKET_CONFIGURATIONS } from './s3-configurations';
import { ServiceError } from '../../../core/service';
import type { ResourceRequest } from '../deployment/resource-provider';
import type { Json } from '../template/template';

export function s3Resources(call: Call): SimulatedResource[] {
  return [bucket(call), bucketPolicy(call)];
}

function bucket(call: Call): SimulatedResource {
  const attributes = (name: string, { region, partition }: ResourceRequest['stack']) => ({
    Arn: `arn:${partition}:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
  });
  const configure = async (Bucket: string, after: Json, before: Json) => {
    for (const { property, put, remove } of BUCKET_CONFIGURATIONS) {
      if (changed(before, after, [property])) {
        const [operation, input] = after[property] === undefined ? remove : put(after[property]);
        await call('s3', operation, { Bucket, ...input });
      }
    }
  };
  return {
    type: 'AWS::S3::Bucket',
    properties: ['BucketName', 'ObjectLockEnabled', ...BUCKET_CONFIGURATIONS.map(({ property }) => property)],
    create: async (request) => {
      const { properties, stack } = request;
      const name = properties.BucketName as string | undefined ?? request.generatedName(63).toLowerCase();
      if (await exists(call, name)) {
        throw new ServiceError('AlreadyExists', `${name} already exists`);
      }
      await call('s3', 'CreateBucket', defined({
        Bucket: name,
        CreateBucketConfiguration: stack.region === 'us-east-1' ? undefined : { LocationConstraint: stack.region },
        ObjectLockEnabledForBucket: properties.ObjectLockEnabled,
      }));
      request.initiated(name);
      await configure(name, properties, {});
      return { physicalId: name, attributes: attributes(name, stack) };
    },
    update: async ({ properties, stack }, { physicalId, properties: before }) => {
      await configure(physicalId, properties, before);
      return { physicalId, attributes: attributes(physicalId, stack) };
    },
    delete: (_, Bucket) => unlessGone(call('s3', 'DeleteBucket', { Bucket }), 'NoSuchBucket'),
  };
}

async function exists(call: Call, Bucket: string): Promise<boolean> {
  try {
    await call('s3', 'HeadBucket', { Bucket });
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.statusCode === 404) {
      return false;
    }
    throw error;
  }
}

function bucketPolicy(call: Call): SimulatedResource {
  const put = async ({ properties }: ResourceRequest) => {
    await call('s3', 'PutBucketPolicy', { Bucket: properties.Bucket, Policy: document(properties.PolicyDocument) });
    return { physicalId: properties.Bucket as string };
  };
  return {
    type: 'AWS::S3::BucketPolicy',
    properties: ['Bucket', 'PolicyDocument'],
    create: put,
    update: put,
    delete: (_, Bucket) => unlessGone(call('s3', 'DeleteBucketPolicy', { Bucket }), 'NoSuchBucket', 'NoSuchBucketPolicy'),
  };
}
