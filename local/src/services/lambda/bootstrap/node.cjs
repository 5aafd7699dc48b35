'use strict';
// Runs inside each function's process in the place of Lambda's Node runtime.

const path = require('node:path');
const virtualTime = require('./virtual-time.cjs');
const outbound = require('./outbound.cjs');
const channel = require('./channel.cjs');
const log = require('./log.cjs');
const { load } = require('./handler.cjs');

/** The invocation that runs now: a function's process has one at a time. */
let current;
let handler;

/** Where this machine has what lies in /opt on Lambda. */
const layers = (process.env._LAYERS ?? '').split(path.delimiter).filter(Boolean);
delete process.env._LAYERS;

virtualTime.install();
outbound.install(process.env.AWS_ENDPOINT_URL);
log.install(channel.send, () => current?.requestId ?? 'undefined');
const socket = channel.receive((invocation) => void run(invocation));

async function run(invocation) {
  virtualTime.setNow(invocation.now);
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  current = invocation;
  // while it runs, only the handler's own work keeps the event loop alive: an empty loop means that no answer will come
  socket.unref();
  try {
    handler ??= await load(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER, layers);
    answer(invocation, await call(invocation));
  } catch (error) {
    fail(invocation, error);
  }
}

function call(invocation) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    const context = contextOf(invocation, callback);
    const returned = handler(JSON.parse(invocation.payload), context, callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
    // a handler without a callback parameter that returns a plain value has nothing more to say
    else if (returned !== undefined && handler.length < 3) resolve(returned);
  });
}

function contextOf(invocation, callback) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: invocation.requestId,
    clientContext: invocation.clientContext,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
    done: callback,
    succeed: (result) => callback(null, result),
    fail: (error) => callback(error ?? new Error('handler failed')),
  };
}

function answer(invocation, result) {
  if (current !== invocation) return;
  let payload;
  try {
    payload = JSON.stringify(result ?? null) ?? 'null';
  } catch (error) {
    fail(invocation, Object.assign(new Error(`Unable to stringify response body: ${error.message}`), { name: 'Runtime.UnhandledError' }));
    return;
  }
  finish({ type: 'done', requestId: invocation.requestId, payload });
}

function fail(invocation, error) {
  if (current !== invocation) return;
  const described = describe(error);
  console.error('Invoke Error', '\t', JSON.stringify({ errorType: described.errorType, errorMessage: described.errorMessage, stack: described.trace }));
  finish({ type: 'failed', requestId: invocation.requestId, error: described });
}

function finish(frame) {
  current = undefined;
  socket.ref();
  channel.send({ ...frame, maxMemoryMb: Math.ceil(process.resourceUsage().maxRSS / 1024) });
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: typeof error === 'string' ? error : JSON.stringify(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: String(error.stack ?? error).split('\n') };
}

/** A promise that nobody caught ends the invocation and the process, as on Lambda. */
function crash(type, error) {
  const described = describe(error);
  const frame = type ? { errorType: type, errorMessage: error instanceof Error ? error.toString() : described.errorMessage, trace: [`${type}: ${described.trace[0] ?? ''}`, ...described.trace.slice(1)] } : described;
  if (current) fail(current, Object.assign(new Error(frame.errorMessage), { name: frame.errorType, stack: frame.trace.join('\n') }));
  process.exit(129);
}

process.on('uncaughtException', (error) => crash(undefined, error));
process.on('unhandledRejection', (error) => crash('Runtime.UnhandledPromiseRejection', error));
process.on('beforeExit', () => {
  if (current) answer(current, null);
});
