import type { Ports } from '../ports';

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  /** Names this receipt of the message. */
  readonly receipt: string;
}

/** The queues that the service makes for streaming jobs, by the names of the jobs. Where there is no queue, it is empty. */
export interface JobQueues {
  /** At most ten messages, which nobody else sees for some minutes. */
  receive(jobName: string): Promise<QueuedMessage[]>;
  delete(jobName: string, messages: readonly QueuedMessage[]): Promise<void>;
  /** How many messages it holds, those that somebody has received included. */
  depth(jobName: string): Promise<number>;
  /** Does nothing where there is none. */
  remove(jobName: string): Promise<void>;
}

export interface StreamPorts extends Ports {
  readonly queues: JobQueues;
}
