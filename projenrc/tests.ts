import { awscdk, JsonFile } from 'projen';

/** Jest over the sources and the shipped bundles, after a type check and the linter: neither swc nor esbuild checks types. */
export function addTests(project: awscdk.AwsCdkConstructLibrary): void {
  new JsonFile(project, 'jest.config.json', {
    obj: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      transform: {
        '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
      },
      testEnvironment: '<rootDir>/test/jest/environment.ts',
      testSequencer: '<rootDir>/test/jest/longest-first.cjs',
      clearMocks: true,
      // half the time is spent in child processes and waiting: as many workers as there are processors
      maxWorkers: '100%',
      // whole stacks are deployed, on busy machines too; a test that hangs still ends
      testTimeout: 600_000,
      modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist'],
      watchPathIgnorePatterns: ['<rootDir>/assets', '<rootDir>/cdk.out'],
    },
  });

  const bundle = project.addTask('bundle', { description: 'Bundle the Lambda handlers into assets/', exec: 'tsx projenrc/bundle-handlers.ts' });
  project.addTask('types', { description: 'Type-check everything, what jsii does not compile included', exec: 'tsc --noEmit -p tsconfig.dev.json' });
  project.preCompileTask.spawn(bundle);
  project.testTask.reset();
  project.testTask.spawn(bundle);
  // each uses one processor only
  project.testTask.exec('tsx projenrc/side-by-side.ts types eslint');
  // --ci: a snapshot is compared, never written
  project.testTask.exec('jest --ci', { receiveArgs: true });
}
