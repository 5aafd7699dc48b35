/** The local engine's own package: private, a workspace of this repository, never inside what is published. */
export function localPackage(sdkVersion: string): object {
  return {
    name: '@cdk-labeling-workflows/local',
    description: 'Deploys an unchanged cloud assembly on one laptop',
    version: '0.0.0',
    private: true,
    license: 'Apache-2.0',
    dependencies: {
      '@aws-sdk/client-cloudformation': `^${sdkVersion}`,
      '@aws-sdk/client-lambda': `^${sdkVersion}`,
      '@aws-sdk/client-s3': `^${sdkVersion}`,
      '@aws-sdk/client-sagemaker': sdkVersion,
      '@aws-sdk/client-sfn': `^${sdkVersion}`,
      'ajv': '^8.17.0',
      'aws-local-stepfunctions': '^3.0.0',
      'cli-progress': '^3.12.0',
      'cli-table3': '^0.6.5',
      'commander': '^14.0.0',
      'croner': '^10.0.0',
      'fast-png': '^6.4.0',
      'fast-xml-parser': '^5.3.0',
      'fastify': '^5.6.0',
      'fflate': '^0.8.2',
      'image-size': '^2.1.0',
      'liquidjs': '^10.24.0',
      'node-html-parser': '^9.0.0',
      'yaml': '^2.8.0',
    },
    devDependencies: { '@types/cli-progress': '^3.11.6' },
  };
}
