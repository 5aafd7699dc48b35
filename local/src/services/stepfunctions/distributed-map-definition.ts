import type { Definition, State } from './definition';
import { ServiceError } from '../../core/service';

type Parameters = Readonly<Record<string, unknown>>;

/** The fields of a Map state in distributed mode, as far as the engine runs them. */
export interface DistributedMapState extends State {
  readonly ItemReader?: {
    readonly Resource: string;
    readonly ReaderConfig?: ReaderConfig;
    readonly Parameters: Parameters;
  };
  readonly ItemSelector?: Parameters;
  readonly ItemsPath?: string;
  readonly ItemBatcher?: {
    readonly BatchInput?: unknown;
    readonly MaxItemsPerBatch?: number;
    readonly MaxItemsPerBatchPath?: string;
    readonly MaxInputBytesPerBatch?: number;
    readonly MaxInputBytesPerBatchPath?: string;
  };
  readonly ItemProcessor: Definition;
  readonly MaxConcurrency?: number;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailureCount?: number;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: number;
  readonly ToleratedFailurePercentagePath?: string;
  readonly ResultWriter?: { readonly Resource: string; readonly Parameters: Parameters };
  readonly Label?: string;
}

export interface ReaderConfig {
  readonly InputType?: 'JSON' | 'JSONL' | 'CSV';
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  readonly CSVDelimiter?: keyof typeof DELIMITERS;
  readonly MaxItems?: number;
  readonly MaxItemsPath?: string;
}

export const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

const RUN: Readonly<Record<string, readonly string[]>> = {
  ItemReader: ['Resource', 'ReaderConfig', 'Parameters'],
  ReaderConfig: ['InputType', 'CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter', 'MaxItems', 'MaxItemsPath'],
  ResultWriter: ['Resource', 'Parameters'],
};
const READERS = /^arn:[^:]+:states:::s3:(getObject|listObjectsV2)$/;
const WRITERS = /^arn:[^:]+:states:::s3:putObject$/;
/** Fields that only a Map state in distributed mode has. */
const DISTRIBUTED_ONLY = [
  'ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'ToleratedFailureCount', 'ToleratedFailureCountPath', 'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
] as const;

export function isDistributedMap(state: State): state is DistributedMapState {
  return state.Type === 'Map' && state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}

/** Why Step Functions would not take a Map state. */
export function mapProblem(name: string, state: State): string | undefined {
  if (state.Type !== 'Map') return undefined;
  if (!isDistributedMap(state)) {
    const field = DISTRIBUTED_ONLY.find((each) => (state as object as Parameters)[each] !== undefined);
    return field && `Field '${field}' is not supported for a Map state that is not in DISTRIBUTED mode at /States/${name}`;
  }
  if (state.ItemProcessor.ProcessorConfig?.ExecutionType === undefined) return `The field 'ExecutionType' is required in DISTRIBUTED mode at /States/${name}/ItemProcessor/ProcessorConfig`;
  if (state.ItemReader && state.ItemsPath !== undefined) return `'ItemsPath' and 'ItemReader' exclude each other at /States/${name}`;
  return undefined;
}

/** What Step Functions would run and the engine would not. */
export function refuseUnknownMapParts(name: string, state: State): void {
  if (!isDistributedMap(state)) return;
  const refuse = (what: string) => new ServiceError('NotImplemented', `the local engine does not run Map states with ${what} (${name})`, 501);
  const { ItemReader, ResultWriter } = state;
  const structures = { ItemReader, ReaderConfig: ItemReader?.ReaderConfig, ResultWriter };
  for (const [structure, value] of Object.entries(structures)) {
    const unknown = Object.keys(value ?? {}).find((field) => !RUN[structure].includes(field));
    if (unknown) throw refuse(`${structure}.${unknown}`);
  }
  if (ItemReader && !READERS.test(ItemReader.Resource)) throw refuse(`an ItemReader of ${ItemReader.Resource}`);
  if (ResultWriter && !WRITERS.test(ResultWriter.Resource)) throw refuse(`a ResultWriter to ${ResultWriter.Resource}`);
  const { InputType, CSVDelimiter = 'COMMA' } = ItemReader?.ReaderConfig ?? {};
  if (InputType !== undefined && !['JSON', 'JSONL', 'CSV'].includes(InputType)) throw refuse(`an ItemReader of ${InputType as string} files`);
  if (!(CSVDelimiter in DELIMITERS)) throw refuse(`the CSVDelimiter ${CSVDelimiter as string}`);
}
