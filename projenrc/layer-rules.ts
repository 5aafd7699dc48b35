import { awscdk } from 'projen';

/** Who may not import whom: [folder, folders it must not reach, why]. Files named *-contract.ts are shared by src and runtime. */
const ZONES: Array<{ target: string; from: string; except?: string[]; message: string }> = [
  { target: './src/model', from: './src', except: ['./model'], message: 'the model is pure: it imports nothing of ours' },
  { target: './src', from: './runtime', message: 'deploy time never imports run time' },
  { target: './src', from: './local', message: 'the library never imports the engine' },
  { target: './runtime', from: './local', message: 'the handlers never import the engine' },
  { target: './local', from: './src', message: 'an engine that checks the library by its own tables proves nothing' },
  { target: './local', from: './runtime', message: 'the engine runs the shipped bundles, never their sources' },
];

/** Packages a pure module may not know. */
const IMPURE = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', '@aws-sdk/*', 'fs', 'node:fs', 'node:fs/*', 'path', 'node:path', 'node:http', 'node:https'];

export function addLayerRules(project: awscdk.AwsCdkConstructLibrary): void {
  const eslint = project.eslint!;
  eslint.addRules({
    'import/no-restricted-paths': ['error', { zones: ZONES }],
    // the sources of these layers carry their own devDependencies: they are bundled, or private
    'import/no-extraneous-dependencies': ['error', {
      devDependencies: ['**/test/**', '**/runtime/**', '**/local/**', '**/examples/**', '**/bench/**', '**/projenrc/**', '.projenrc.ts'],
      optionalDependencies: false,
      peerDependencies: true,
      // the engine's own dependencies stand in its own package
      packageDir: ['.', 'local'],
    }],
    '@typescript-eslint/no-floating-promises': 'error',
    // one property a line, or all on one, makes tables of facts unreadable; order within a class follows its story
    '@stylistic/object-property-newline': 'off',
    '@typescript-eslint/member-ordering': 'off',
    'no-bitwise': 'off',
    '@stylistic/max-len': ['error', { code: 160, ignorePattern: '^import ', ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: false, ignoreRegExpLiterals: true }],
  });
  eslint.addOverride({
    files: ['src/model/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: IMPURE }] },
  });
  eslint.addOverride({
    files: ['runtime/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [
          { regex: '^(\\.\\./)+src/(?!model/|.*-contract$)', message: 'a handler imports the model and the contracts only' },
          { group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'], message: 'a handler runs without the CDK' },
        ],
      }],
    },
  });
}
