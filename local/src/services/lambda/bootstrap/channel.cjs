'use strict';
// The engine's side of the conversation: invocations come in on descriptor 3, answers and log lines leave on descriptor 4,
// both as JSON lines. One ordered way out, written synchronously, so that no log line is lost when the process dies.

const fs = require('node:fs');
const net = require('node:net');

const IN = 3;
const OUT = 4;

function send(frame) {
  let rest = Buffer.from(`${JSON.stringify(frame)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(OUT, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

/** Calls back for each invocation; the process ends with the engine. */
function receive(onInvocation) {
  const socket = new net.Socket({ fd: IN, readable: true, writable: false });
  socket.setEncoding('utf8');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      onInvocation(JSON.parse(line));
    }
  });
  socket.on('end', () => process.exit(0));
  return socket;
}

module.exports = { send, receive };
