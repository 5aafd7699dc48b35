'use strict';
// console as Lambda's Node runtimes write it: time, request and level, one log event a call, in text or JSON.

const { format } = require('node:util');

const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };

function install(send, currentRequestId) {
  const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...args) => send({ type: 'log', message: json ? asJson(level, currentRequestId(), args) : asText(level, currentRequestId(), args) });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, callback) => {
      send({ type: 'log', message: chunk.toString() });
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}

function asText(level, requestId, args) {
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...args)}`;
}

function asJson(level, requestId, args) {
  const message = args.length === 1 && typeof args[0] === 'object' ? args[0] : format(...args);
  return JSON.stringify({ timestamp: new Date().toISOString(), level, requestId, message });
}

module.exports = { install };
