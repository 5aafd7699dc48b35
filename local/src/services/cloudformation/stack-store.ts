import { Deployment } from './deployment/deployment';
import type { DeploymentEnvironment } from './deployment/environment';
import { Stack } from './deployment/stack';
import { validationError } from './template/errors';

/** The rule that the API's model leaves out, because it also takes ids. */
const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/;

/** All stacks, and the operations that run on them. */
export class StackStore {
  private readonly byId = new Map<string, Stack>();
  private readonly running = new Map<string, { readonly deployment: Deployment; readonly done: Promise<void> }>();

  constructor(private readonly newId: () => string) {}

  all(): Stack[] {
    return [...this.byId.values()];
  }

  /** By id, or by the name of a stack that still exists. */
  find(nameOrId: string): Stack | undefined {
    return this.byId.get(nameOrId) ?? this.all().find((stack) => stack.name === nameOrId && !stack.isDeleted);
  }

  get(nameOrId: string, message = `Stack with id ${nameOrId} does not exist`): Stack {
    const stack = this.find(nameOrId);
    if (!stack) {
      throw validationError(message);
    }
    return stack;
  }

  add(name: string, { base, now }: DeploymentEnvironment): Stack {
    if (!STACK_NAME.test(name)) {
      throw validationError(`1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: `
        + 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
    }
    const id = `arn:${base.partition}:cloudformation:${base.region}:${base.accountId}:stack/${name}/${this.newId()}`;
    const stack = new Stack(name, id, now(), this.newId);
    this.byId.set(id, stack);
    return stack;
  }

  remove(stack: Stack): void {
    this.byId.delete(stack.id);
  }

  deployment(stack: Stack): Deployment | undefined {
    return this.running.get(stack.id)?.deployment;
  }

  /** Resolves when nothing runs on the stack. */
  async idle(stack: Stack): Promise<void> {
    await this.running.get(stack.id)?.done;
  }

  /** Starts an operation; the caller does not wait for it. Its first status is set when this returns. */
  start(stack: Stack, environment: DeploymentEnvironment, operation: (deployment: Deployment) => Promise<void>): Promise<void> {
    const deployment = new Deployment(environment, stack);
    const done = operation(deployment)
      .catch((error: Error) => stack.setStatus(stack.status.replace(/(_COMPLETE_CLEANUP)?_IN_PROGRESS$/, '_FAILED'), environment.now(), `Internal failure: ${error.message}`))
      .finally(() => {
        if (this.running.get(stack.id)?.deployment === deployment) {
          this.running.delete(stack.id);
        }
      });
    this.running.set(stack.id, { deployment, done });
    return done;
  }
}
