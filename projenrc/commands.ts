import { awscdk } from 'projen';

const QUIET = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  JSII_SILENCE_SUPPORT_WARNING: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
};

/** The commands others rely on; each builds what it needs and works straight after `npm ci`. */
export function addCommands(project: awscdk.AwsCdkConstructLibrary): void {
  for (const [key, value] of Object.entries(QUIET)) project.tasks.addEnvironment(key, value);

  // plain npm scripts, so that stdout holds the result alone
  project.package.setScript('demo', 'tsx projenrc/run.ts examples/quickstart/demo.ts');
  project.package.setScript('local', 'tsx projenrc/run.ts local/src/cli.ts');
  project.package.setScript('bench', 'tsx projenrc/run.ts bench/run.ts');
  project.package.setScript('example', 'tsx projenrc/run.ts examples/run.ts');
  project.package.setScript('examples:synth', 'tsx projenrc/run.ts examples/synth.ts');
  project.package.setScript('verify:aws', 'tsx local/verify/run.ts');
}
