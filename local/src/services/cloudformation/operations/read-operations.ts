import type { Operation } from '../../../core/service';
import type { CloudFormationContext } from '../context';
import { page } from '../paging';
import { validationError } from '../template/errors';
import { describedStack, resourceDetail, resourceEntry, resourceSummary, stackSummary } from '../views';

/** Operations that only read stacks. */
export function readOperations({ stacks, exports }: CloudFormationContext): Record<string, Operation> {
  return {
    DescribeStacks: (input) => {
      const found = input.StackName ? [stacks.get(input.StackName)] : stacks.all().filter((stack) => !stack.isDeleted).reverse();
      const { items, NextToken } = page(found, input.NextToken);
      return { Stacks: items.map(describedStack), NextToken };
    },

    ListStacks: (input) => {
      const wanted: string[] = input.StackStatusFilter ?? [];
      const found = stacks.all().filter(({ status }) => wanted.length === 0 || wanted.includes(status)).reverse();
      const { items, NextToken } = page(found, input.NextToken);
      return { StackSummaries: items.map(stackSummary), NextToken };
    },

    DescribeStackEvents: (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      const { items, NextToken } = page([...stack.events].reverse(), input.NextToken);
      return { StackEvents: items, NextToken };
    },

    ListStackResources: (input) => {
      const stack = stacks.get(input.StackName);
      const { items, NextToken } = page([...stack.resources.values()], input.NextToken);
      return { StackResourceSummaries: items.map(resourceSummary), NextToken };
    },

    DescribeStackResource: (input) => {
      const stack = stacks.get(input.StackName, `Stack '${input.StackName}' does not exist`);
      const resource = stack.resources.get(input.LogicalResourceId);
      if (!resource) {
        throw validationError(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`);
      }
      return { StackResourceDetail: resourceDetail(stack, resource) };
    },

    DescribeStackResources: (input) => {
      const stack = input.StackName
        ? stacks.get(input.StackName)
        : stacks.all().find(({ resources }) => [...resources.values()].some(({ physicalId }) => physicalId === input.PhysicalResourceId));
      if (!stack) {
        throw validationError(`Stack for ${input.PhysicalResourceId} does not exist`);
      }
      const found = [...stack.resources.values()].filter(({ logicalId }) => !input.LogicalResourceId || logicalId === input.LogicalResourceId);
      return { StackResources: found.map((resource) => resourceEntry(stack, resource)) };
    },

    ListExports: (input) => {
      const { items, NextToken } = page(exports.list(), input.NextToken);
      return { Exports: items.map(({ stackId, name, value }) => ({ ExportingStackId: stackId, Name: name, Value: value })), NextToken };
    },

    ListImports: (input) => {
      const names = exports.importers(input.ExportName);
      if (names.length === 0) {
        throw validationError(`Export '${input.ExportName}' is not imported by any stack.`);
      }
      const { items, NextToken } = page(names, input.NextToken);
      return { Imports: items, NextToken };
    },
  };
}
