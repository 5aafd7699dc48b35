import type { Measurement } from './benchmark';
import { BOTO3, bundleListing, Client, hasBoto3, INVENTORY, LIST, removeListing, Run, SDK } from './listing-clients';
import { ListingService, startListingServer } from './listing-server';

interface Question {
  readonly name: string;
  readonly service: ListingService;
}

const LATENCY_MS = 20;
/** About half of what one call after the other would ask for. */
const THROTTLE = { callsPerSecond: 20, burst: 20 };
const QUESTIONS: readonly Question[] = [
  { name: 'list', service: { jobs: 10_000, latencyMs: LATENCY_MS, arrival: 'steady' } },
  { name: 'list', service: { jobs: 100_000, latencyMs: LATENCY_MS, arrival: 'steady' } },
  { name: 'list-bursts', service: { jobs: 100_000, latencyMs: LATENCY_MS, arrival: 'bursts' } },
  { name: 'list-throttled', service: { jobs: 10_000, latencyMs: LATENCY_MS, arrival: 'steady', throttle: THROTTLE } },
];

/**
 * All jobs of an account, against the paginators of the SDKs: wall time, peak memory above the start, and calls (a paginator's are
 * the fewest that there can be). The inventory is the shipped handler, which also writes its record.
 */
export async function* benchmark(): AsyncGenerator<Measurement> {
  const peers = await hasBoto3() ? [SDK, BOTO3] : [SDK];
  await bundleListing();
  try {
    for (const question of QUESTIONS) yield* answer(question, peers);
  } finally {
    removeListing();
  }
}

async function* answer({ name, service }: Question, peers: readonly Client[]): AsyncGenerator<Measurement> {
  const server = await startListingServer(service);
  const measure = async (client: Client): Promise<Run & { readonly calls: number }> => {
    const run = await client.run(server.endpoint);
    if (run.total !== service.jobs) throw new Error(`${client.name} listed ${run.total} of ${service.jobs} jobs`);
    const { answered, throttled } = await server.calls();
    return { ...run, calls: answered + throttled };
  };
  const { jobs: n, latencyMs } = service;
  try {
    const ours = await measure(LIST);
    const inventory = await measure(INVENTORY);
    for (const client of peers) {
      const peer = await measure(client);
      const row = { n, latencyMs, peerName: client.name };
      yield { ...row, name, ours: ours.ms, peer: peer.ms, unit: 'ms' };
      yield { ...row, name: `${name}-with-record`, ours: inventory.ms, peer: peer.ms, unit: 'ms' };
      yield { ...row, name: `${name}-memory`, ours: ours.mib, peer: peer.mib, unit: 'MiB' };
      yield { ...row, name: `${name}-with-record-memory`, ours: inventory.mib, peer: peer.mib, unit: 'MiB' };
      yield { ...row, name: `${name}-calls`, ours: ours.calls, peer: peer.calls, unit: 'calls' };
    }
  } finally {
    server.stop();
  }
}
