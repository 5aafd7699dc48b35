import type { DistributedMapState } from './distributed-map-definition';
import type { Interpreter } from './interpreter';
import { batched, type Evaluation, itemsOf } from './map-items';
import { type ChildResult, writeResults } from './map-results';
import { TaskError } from './task-error';
import type { EngineCore } from '../../core/engine';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what flows through a state machine is any JSON */
type Json = any;

/** What a Map run needs of the execution in which it stands. */
export interface MapSurroundings {
  readonly core: EngineCore;
  readonly interpreter: Interpreter;
  readonly machineArn: string;
  readonly context: Json;
  readonly uuid: () => string;
  /** Runs a definition as an execution of its own. */
  readonly runChild: (input: Json, executionArn: string, name: string) => Promise<Json>;
  readonly announce: (type: string, details?: object) => void;
}

/** Step Functions starts that many children at once where the state says nothing. */
const DEFAULT_CONCURRENCY = 10_000;

/** A Map state in distributed mode: an execution for each item or batch. */
export async function runDistributedMap(name: string, state: DistributedMapState, input: Json, surroundings: MapSurroundings): Promise<Json> {
  const { core, interpreter, context, uuid, machineArn, announce } = surroundings;
  const evaluation: Evaluation = {
    template: (template, more) => interpreter.processPayloadTemplate(template, input, { ...context, ...more }),
    path: (path) => interpreter.jsonPathQuery(path, input, context),
  };
  const label = state.Label ?? name.slice(0, 40);
  const mapRunArn = `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${uuid()}`;
  announce('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  try {
    const items = await itemsOf(core, state, evaluation);
    const selected = items.map((Value, Index) => (state.ItemSelector ? evaluation.template(state.ItemSelector, { Map: { Item: { Index, Value } } }) : Value));
    const results = await runChildren(batched(selected, state, evaluation), state, evaluation, `${machineArn.replace(':stateMachine:', ':execution:')}/${label}`, surroundings);
    const result = state.ResultWriter
      ? await writeResults(core, evaluation.template(state.ResultWriter.Parameters), mapRunArn, machineArn, results)
      : results.flatMap((child) => (child.status === 'SUCCEEDED' ? [child.output] : []));
    announce('MapRunSucceeded');
    return result;
  } catch (error) {
    const { name: reason, message } = error as Error;
    announce('MapRunFailed', { mapRunFailedEventDetails: { error: reason, cause: message } });
    throw error;
  }
}

/** Children in the order of their items, so many at once; over the tolerated failures no more begin. */
async function runChildren(
  inputs: readonly Json[], state: DistributedMapState, evaluation: Evaluation, arn: string, { runChild, uuid, core }: MapSurroundings,
): Promise<ChildResult[]> {
  const atOnce = (state.MaxConcurrencyPath === undefined ? state.MaxConcurrency : evaluation.path(state.MaxConcurrencyPath)) || DEFAULT_CONCURRENCY;
  const isTolerated = tolerance(state, evaluation, inputs.length);
  const results: ChildResult[] = [];
  let next = 0;
  let failures = 0;
  const worker = async (): Promise<void> => {
    while (next < inputs.length && isTolerated(failures)) {
      const index = next++;
      const name = uuid();
      const child = { name, executionArn: `${arn}:${name}`, input: inputs[index], startDate: core.clock.now() };
      try {
        const output = await runChild(child.input, child.executionArn, name);
        results[index] = { ...child, status: 'SUCCEEDED', output, stopDate: core.clock.now() };
      } catch (error) {
        const { name: reason, message } = error as Error;
        failures += 1;
        results[index] = { ...child, status: 'FAILED', error: reason, cause: message, stopDate: core.clock.now() };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, worker));
  if (isTolerated(failures)) return results;
  const first = results.find((result) => result?.status === 'FAILED');
  throw new TaskError('States.ExceedToleratedFailureThreshold', `The specified tolerated failure threshold was exceeded (${first?.error}: ${first?.cause})`);
}

/** Neither the count nor the percentage may be exceeded; without any of them no failure is tolerated. */
function tolerance(state: DistributedMapState, evaluation: Evaluation, total: number): (failures: number) => boolean {
  const given = (value: number | undefined, path: string | undefined): number | undefined => (path === undefined ? value : evaluation.path(path));
  const count = given(state.ToleratedFailureCount, state.ToleratedFailureCountPath);
  const percentage = given(state.ToleratedFailurePercentage, state.ToleratedFailurePercentagePath);
  if (count === undefined && percentage === undefined) return (failures) => failures === 0;
  return (failures) => (count === undefined || failures <= count) && (percentage === undefined || failures * 100 <= percentage * total);
}
