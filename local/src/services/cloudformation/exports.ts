import type { Stack } from './deployment/stack';
import { validationError } from './template/errors';

interface Export {
  readonly stackId: string;
  readonly name: string;
  readonly value: string;
}

/** The account's exported values: one owner each, kept while another stack imports them. */
export class Exports {
  private readonly byName = new Map<string, Export>();

  constructor(private readonly stacks: () => Iterable<Stack>) {}

  list(): Export[] {
    return [...this.byName.values()];
  }

  value(name: string): string {
    const found = this.byName.get(name);
    if (!found) {
      throw validationError(`No export named ${name} found`);
    }
    return found.value;
  }

  importers(name: string): string[] {
    return [...this.stacks()].filter((stack) => !stack.isDeleted && stack.imports.has(name)).map((stack) => stack.name);
  }

  /** Why a stack's deletion cannot begin. */
  refusalToDelete(stackId: string): string | undefined {
    const used = this.list().find((item) => item.stackId === stackId && this.importers(item.name).length > 0);
    return used && `Delete canceled. Cannot delete export ${used.name} as it is in use by ${this.importers(used.name).join(' and ')}.`;
  }

  publish(stackId: string, values: ReadonlyMap<string, string>): void {
    for (const name of values.keys()) {
      const owner = this.byName.get(name);
      if (owner && owner.stackId !== stackId) {
        throw validationError(`Export with name ${name} is already exported by stack ${owner.stackId.split('/')[1]}`);
      }
    }
    const own = this.list().filter((item) => item.stackId === stackId);
    for (const { name, value } of own) {
      const users = values.get(name) === value ? [] : this.importers(name);
      if (users.length > 0) {
        throw validationError(`Export ${name} cannot be ${values.has(name) ? 'updated' : 'deleted'} as it is in use by ${users.join(' and ')}`);
      }
    }
    own.forEach(({ name }) => this.byName.delete(name));
    values.forEach((value, name) => this.byName.set(name, { stackId, name, value }));
  }
}
