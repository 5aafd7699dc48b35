import { parseCsv } from './csv';
import { DELIMITERS, type DistributedMapState, type ReaderConfig } from './distributed-map-definition';
import { TaskError } from './task-error';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what flows through a state machine is any JSON */
type Json = any;

/** Evaluates a payload template, or a path, in the place where the state stands. */
export interface Evaluation {
  template(template: unknown, more?: object): Json;
  path(path: string): Json;
}

/** The items of a Map state in distributed mode: from its input, from an object in S3, or the objects themselves. */
export async function itemsOf(core: EngineCore, state: DistributedMapState, evaluation: Evaluation): Promise<Json[]> {
  const { ItemReader } = state;
  if (!ItemReader) return checked(evaluation.path(state.ItemsPath ?? '$'));
  const parameters = evaluation.template(ItemReader.Parameters);
  const config = ItemReader.ReaderConfig ?? {};
  const items = await reading(() => (ItemReader.Resource.endsWith(':listObjectsV2') ? listed(core, parameters) : readObject(core, parameters, config)));
  const most = config.MaxItemsPath === undefined ? config.MaxItems : evaluation.path(config.MaxItemsPath);
  return items.slice(0, most || undefined);
}

function checked(items: Json): Json[] {
  if (Array.isArray(items)) return items;
  throw new TaskError('States.Runtime', `a Map state takes an array, got ${JSON.stringify(items)?.slice(0, 200)}`, { matchable: false });
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServiceError || error instanceof SyntaxError) throw new TaskError('States.ItemReaderFailed', error.message);
    throw error;
  }
}

async function listed(core: EngineCore, parameters: Json): Promise<Json[]> {
  const items: Json[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await core.call<Json>('s3', 'ListObjectsV2', { ...parameters, ContinuationToken });
    for (const { Key, ETag, Size, StorageClass, LastModified } of page.Contents ?? []) {
      items.push({ Etag: ETag, Key, LastModified: Math.floor(LastModified.getTime() / 1000), Size, StorageClass });
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return items;
}

async function readObject(core: EngineCore, parameters: Json, config: ReaderConfig): Promise<Json[]> {
  const { Body } = await core.call<Json>('s3', 'GetObject', parameters);
  const text = Buffer.from(Body).toString('utf8').replace(/^\uFEFF/, '');
  switch (config.InputType ?? 'JSON') {
    case 'JSONL': return text.split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
    case 'CSV': return records(text, config);
    default: {
      const items: Json = JSON.parse(text);
      if (Array.isArray(items)) return items;
      throw new TaskError('States.ItemReaderFailed', 'Attempting to map over non-iterable node.');
    }
  }
}

function records(text: string, { CSVDelimiter = 'COMMA', CSVHeaderLocation, CSVHeaders }: ReaderConfig): Json[] {
  const rows = parseCsv(text, DELIMITERS[CSVDelimiter]);
  const header = CSVHeaderLocation === 'GIVEN' ? CSVHeaders ?? [] : rows.shift() ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

/** Items in batches, each within both bounds; one that is too large by itself stands alone. */
export function batched(items: Json[], { ItemBatcher }: DistributedMapState, evaluation: Evaluation): Json[] {
  if (!ItemBatcher) return items;
  const { MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath, BatchInput } = ItemBatcher;
  const mostItems = (MaxItemsPerBatchPath === undefined ? MaxItemsPerBatch : evaluation.path(MaxItemsPerBatchPath)) || Infinity;
  const mostBytes = (MaxInputBytesPerBatchPath === undefined ? MaxInputBytesPerBatch : evaluation.path(MaxInputBytesPerBatchPath)) || Infinity;
  const common = BatchInput === undefined ? {} : { BatchInput: evaluation.template(BatchInput) };
  const batches: Json[] = [];
  for (const item of items) {
    const last = batches.at(-1);
    const more = { ...common, Items: [...last?.Items ?? [], item] };
    if (last && more.Items.length <= mostItems && Buffer.byteLength(JSON.stringify(more)) <= mostBytes) batches[batches.length - 1] = more;
    else batches.push({ ...common, Items: [item] });
  }
  return batches;
}
