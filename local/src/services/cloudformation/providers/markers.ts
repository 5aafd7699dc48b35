import type { SimulatedResource } from './provider';

/** Types that make nothing: they stand in templates for CloudFormation's or CDK's own purposes. */
export function markerResources(): SimulatedResource[] {
  const marker = (type: string, properties: readonly string[], id: (name: string) => string): SimulatedResource => ({
    type,
    properties,
    create: async (request) => {
      const physicalId = id(request.generatedName());
      return { physicalId, attributes: { Id: physicalId } };
    },
    update: async (_, { physicalId }) => ({ physicalId, attributes: { Id: physicalId } }),
    delete: async () => {},
  });
  return [
    marker('AWS::CDK::Metadata', ['Analytics'], (name) => name),
    // its Ref is a URL to put signals to; nobody waits for them here
    marker('AWS::CloudFormation::WaitConditionHandle', [], (name) => `https://cloudformation-waitcondition.s3.amazonaws.com/${name}`),
  ];
}
