import type { OutsideValues } from './desired-stack';
import type { ResourceProvider } from './resource-provider';
import type { StackPlace } from '../template/pseudo-parameters';

/** All that a deployment needs of the world around it. */
export interface DeploymentEnvironment extends OutsideValues {
  readonly base: Pick<StackPlace, 'region' | 'accountId' | 'partition'>;
  now(): Date;
  /** Keeps the clock from jumping until released. */
  hold(): () => void;
  provider(type: string): ResourceProvider;
  /** Twelve letters and digits, for generated names. */
  newSuffix(): string;
  /** Says which exports a stack offers from now on; throws if one is taken by another stack or still needed. */
  publishExports(stackId: string, exports: ReadonlyMap<string, string>): void;
}

/** The clock's hold of one piece of work, let go while that work only waits for somebody else. */
export class Hold {
  private releaseNow: () => void;

  constructor(private readonly take: () => () => void) {
    this.releaseNow = take();
  }

  async waitFor<T>(answer: Promise<T>): Promise<T> {
    this.release();
    try {
      return await answer;
    } finally {
      this.releaseNow = this.take();
    }
  }

  release(): void {
    this.releaseNow();
  }
}
