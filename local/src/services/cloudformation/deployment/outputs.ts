import type { DesiredStack } from './desired-stack';
import type { StackOutput } from './stack';
import { templateFormatError } from '../template/errors';

/** The outputs that the conditions leave, with their values. */
export async function outputsOf(desired: DesiredStack): Promise<StackOutput[]> {
  const outputs: StackOutput[] = [];
  for (const [key, { Value, Description, Condition, Export }] of Object.entries(desired.definition.template.Outputs ?? {})) {
    if (Condition === undefined || await desired.conditions.isTrue(Condition)) {
      outputs.push({
        OutputKey: key,
        OutputValue: text(await desired.resolve(Value), key, 'Value'),
        ...(Description === undefined ? {} : { Description }),
        ...(Export === undefined ? {} : { ExportName: text(await desired.resolve(Export.Name), key, 'Name') }),
      });
    }
  }
  return outputs;
}

export function exportsOf(outputs: readonly StackOutput[]): ReadonlyMap<string, string> {
  return new Map(outputs.flatMap(({ ExportName, OutputValue }) => (ExportName ? [[ExportName, OutputValue]] : [])));
}

function text(value: unknown, key: string, field: string): string {
  if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw templateFormatError(`The ${field} field of every Outputs member must evaluate to a String (output ${key}).`);
  }
  return String(value);
}
