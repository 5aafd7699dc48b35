import { jsonProtocol } from './json';
import type { ProtocolName, ServiceModel } from './model';
import type { WireRequest, Protocol } from './protocol';
import { queryProtocol } from './query';
import { restJsonProtocol } from './rest-json';
import { restXmlProtocol } from './rest-xml';

const PROTOCOLS: Record<ProtocolName, Protocol> = {
  'json': jsonProtocol,
  'query': queryProtocol,
  'rest-json': restJsonProtocol,
  'rest-xml': restXmlProtocol,
};

/** A service may speak several protocols; JSON announces itself by its target header. */
export function protocolOf(model: ServiceModel, request: WireRequest): Protocol {
  const names = model.metadata.protocols;
  if (names.length === 1) return PROTOCOLS[names[0]];
  return PROTOCOLS[request.headers['x-amz-target'] ? 'json' : 'query'];
}
