import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** Which jobs the served account has, and how it answers. */
export interface ListingService {
  readonly jobs: number;
  readonly latencyMs: number;
  /** Jobs come one by one, or in bursts with weeks between them. */
  readonly arrival: 'steady' | 'bursts';
  /** A bucket of tokens, one for each call: more calls than that are throttled. */
  readonly throttle?: { readonly callsPerSecond: number; readonly burst: number };
}

export interface RunningService {
  readonly endpoint: string;
  /** Calls answered, and calls throttled, since the last time that this was asked. */
  calls(): Promise<{ readonly answered: number; readonly throttled: number }>;
  stop(): void;
}

/** In a process of its own: a client must not share an event loop with what it measures. */
export async function startListingServer(service: ListingService): Promise<RunningService> {
  const child = fork(require.resolve('./listing-service'), [JSON.stringify(service)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { endpoint } = await message<{ endpoint: string }>(child);
  return {
    endpoint,
    calls: () => {
      child.send('calls');
      return message(child);
    },
    stop: () => child.disconnect(),
  };
}

async function message<T>(child: ChildProcess): Promise<T> {
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => Promise.reject(new Error(`the service ended with ${code}`)))]);
  return answer as T;
}
