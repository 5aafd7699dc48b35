import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';
import type { LogsService } from '../logs';
import { AsyncInvoker } from './async-invocation';
import { CodeStore } from './code-store';
import { parseFunctionReference } from './function-reference';
import { FunctionStore, LATEST } from './function-store';
import { Invoker } from './invocation';
import { LayerOperations, LayerStore } from './layers';
import { EventSourceOperations } from './operations-event-sources';
import { FunctionOperations } from './operations-functions';
import { InvokeOperations } from './operations-invoke';
import { SettingsOperations } from './operations-settings';
import { letsServiceInvoke } from './permission';
import { ProcessPool } from './process-pool';
import { UrlFront } from './url/front';
import { UrlOperations } from './url/operations';

export interface LambdaService extends Service {
  /** Kills the function's process that has these credentials; whoever invoked it sees the runtime exit. */
  killProcess(accessKeyId: string): void;
  /** The latest log lines of a function, over all its log streams. */
  logLines(functionName: string): string[];
  /** Whether the function's resource policy lets an AWS service invoke it on behalf of a resource; always so unless IAM is enforced. */
  letsInvoke(functionArn: string, servicePrincipal: string, sourceArn: string): boolean;
  /** What answers at functions' own addresses. */
  readonly urlFront: UrlFront;
}

/** Lambda: functions run in child processes, warm ones again and again, one invocation at a time each. */
export function createLambda(core: EngineCore): LambdaService {
  const store = new FunctionStore(core);
  const log = (version: { configuration: { LoggingConfig?: { LogGroup?: string } } }, logStream: string, message: string) => {
    invoker.collect(logStream, message);
    core.service<LogsService>('logs').write(version.configuration.LoggingConfig!.LogGroup!, logStream, message);
  };
  const layers = new LayerStore(core);
  const codes = new CodeStore(core);
  const pool = new ProcessPool(core, layers, log);
  pool.isCurrent = (version) => {
    const record = store.find(version.configuration.FunctionName);
    return record !== undefined && (record.latest === version || record.versions.get(version.configuration.Version) === version);
  };
  const invoker = new Invoker(core, pool, log);
  const eventSources = new EventSourceOperations(core, store);
  const logLines = (functionName: string) => {
    const group = store.find(functionName)?.latest.configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
    return core.service<LogsService>('logs').lines(group);
  };

  return {
    name: 'lambda',
    operations: operationsOf(
      new FunctionOperations(core, store, codes, pool, layers),
      new InvokeOperations(store, invoker, new AsyncInvoker(core, store, invoker)),
      new SettingsOperations(core, store),
      new LayerOperations(core, layers, codes),
      new UrlOperations(core, store),
      eventSources,
    ),
    controlRoutes: {
      'GET /_local/functions/:name/logs': (_body, { name }) => ({ lines: logLines(name) }),
      // what GetFunction's Code.Location leads to
      'GET /_local/functions/:name/code': (_body, { name, version }) => store.resolve(name, version).version.code?.zip,
    },
    urlFront: new UrlFront(core, store, invoker),
    killProcess: (accessKeyId) => pool.kill(accessKeyId),
    logLines,
    letsInvoke: (functionArn, servicePrincipal, sourceArn) => {
      const { name, qualifier } = parseFunctionReference(functionArn);
      const record = store.find(name);
      return core.settings.iam === 'off' || (record !== undefined && letsServiceInvoke(record, qualifier ?? LATEST, servicePrincipal, sourceArn));
    },
    stop: () => {
      eventSources.stop();
      return pool.stop();
    },
    simplified: {
      CreateFunction: 'the function is active at once; VPC, file systems and code signing are recorded without effect; container images are accepted',
      Invoke: 'Node and Python functions only, on this machine\'s own Node and Python whatever the runtime\'s version; memory is not limited; invocations of one function beyond what the machine bears at a time wait for one another',
      CreateFunctionUrlConfig: 'the address is a path of the engine\'s own, `http://127.0.0.1:PORT/_local/function-urls/<id>/`, without TLS; requests whose Host header is '
        + '`<id>.lambda-url.<region>.on.aws` or `<id>.lambda-url.<region>.localhost` are led there too; the function sees host, port and protocol as on AWS; '
        + 'a signature is looked at for who signed and for which service only; invoke mode BUFFERED alone',
      PutFunctionRecursionConfig: 'recorded without effect: a loop through queues or topics is never broken off',
      CreateEventSourceMapping: 'queues only; one batch at a time, as soon as a message is there, whatever the batching window',
    },
  };
}
