'use strict';
// What leaves a function by https: answers to CloudFormation go to the engine, other calls to AWS are refused by name.
// Names below localhost are this machine, also where its resolver does not know them: `<account>.localhost` is S3 Control's.

const dns = require('node:dns');
const http = require('node:http');
const https = require('node:https');

const RESPONSE_HOST_PREFIX = 'cloudformation-custom-resource-response-';
const AWS_HOST = /(^|\.)amazonaws\.com(\.cn)?$/;

/** @param {string} endpoint the engine's address */
function install(endpoint) {
  const engine = new URL(endpoint);
  const realRequest = https.request;
  const realFetch = globalThis.fetch;
  const realLookup = dns.lookup;

  dns.lookup = (hostname, ...rest) => realLookup(String(hostname).endsWith('.localhost') ? engine.hostname : hostname, ...rest);

  https.request = function request(...args) {
    const { options, callback } = normalise(args);
    if (options.hostname.startsWith(RESPONSE_HOST_PREFIX)) {
      const { agent, ...rest } = options;
      return http.request({ ...rest, protocol: 'http:', host: undefined, hostname: engine.hostname, port: engine.port, servername: undefined }, callback);
    }
    refuse(options.hostname);
    return realRequest.apply(https, args);
  };
  https.get = (...args) => https.request(...args).end();

  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (url.protocol === 'https:' && url.hostname.startsWith(RESPONSE_HOST_PREFIX)) {
      const led = new URL(url.pathname + url.search, engine);
      return realFetch(input instanceof Request ? new Request(led, input) : led, init);
    }
    if (url.protocol === 'https:') refuse(url.hostname);
    return realFetch(input, init);
  };
}

/** https.request takes (url[, options][, callback]) or (options[, callback]). */
function normalise(args) {
  const rest = [...args];
  const callback = typeof rest[rest.length - 1] === 'function' ? rest.pop() : undefined;
  const [first, second] = rest;
  const isUrl = typeof first === 'string' || first instanceof URL;
  const options = isUrl ? { ...fromUrl(new URL(first)), ...second } : { ...first };
  options.hostname = String(options.hostname ?? options.host ?? 'localhost').replace(/:\d+$/, '');
  return { options, callback };
}

function fromUrl(url) {
  return { hostname: url.hostname, port: url.port || undefined, path: url.pathname + url.search };
}

function refuse(hostname) {
  if (!AWS_HOST.test(hostname)) return;
  throw new Error(`this function runs on the local engine, which does not let it reach https://${hostname}: `
    + 'use an AWS SDK client without an endpoint of its own, so that AWS_ENDPOINT_URL leads it to the engine');
}

module.exports = { install };
