import * as path from 'node:path';
import { runtimePackages } from './code-store';
import type { FunctionVersion } from './function-store';
import type { EngineCore } from '../../core/engine';

/** What one process has that others of its function have not. */
export interface ProcessFacts {
  readonly logStream: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
  /** Where the function's layers lie. */
  readonly layers: readonly string[];
}

/** The environment of a function's process: Lambda's own and the function's variables, nothing of the engine's but PATH. */
export function processEnvironment(core: EngineCore, version: FunctionVersion, { logStream, credentials, layers }: ProcessFacts): NodeJS.ProcessEnv {
  const { configuration, code } = version;
  const inLayers = (folder: string) => layers.map((layer) => path.join(layer, folder));
  const home = path.join(core.settings.workDirectory, 'lambda', 'home');
  return {
    ...configuration.Environment?.Variables,
    AWS_REGION: core.settings.region,
    AWS_DEFAULT_REGION: core.settings.region,
    AWS_ENDPOINT_URL: core.endpoint,
    // clients of S3 Control put the account before the host, which only a name can bear
    AWS_ENDPOINT_URL_S3_CONTROL: core.endpoint.replace('127.0.0.1', 'localhost'),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: configuration.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: configuration.Version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.LoggingConfig?.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: configuration.LoggingConfig?.LogFormat,
    // for the bootstrap alone, which removes it
    _LAYERS: layers.join(path.delimiter),
    LAMBDA_TASK_ROOT: code?.directory,
    LAMBDA_RUNTIME_DIR: path.join(__dirname, 'bootstrap'),
    NODE_PATH: [...inLayers('nodejs/node_modules'), runtimePackages(core)].join(path.delimiter),
    PYTHONPATH: inLayers('python').join(path.delimiter),
    _HANDLER: configuration.Handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: process.env.PATH,
    // keeps the SDKs away from the settings of whoever runs the engine
    HOME: home,
    AWS_CONFIG_FILE: path.join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // the process runs on this machine's Node, whatever the function's runtime says
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
