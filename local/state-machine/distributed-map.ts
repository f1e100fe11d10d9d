import { type ChildInput, childInputs, shuffled } from './child-inputs.ts';
import type { MapState } from './definition.ts';
import { checkGoingOn, evaluateNumber, localArn, type Run, type RunStates } from './engine.ts';
import { ExecutionTimedOut, isUncatchable, StateError, stateDataText, toStateError } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import { workers } from './in-parallel.ts';
import { openItemSource } from './item-source.ts';
import { uuid } from './jsonata-functions.ts';
import { type ChildRecord, openResults } from './map-results.ts';
import { beginMapRun } from './map-run.ts';

/** An Express workflow's longest time, in seconds. */
const EXPRESS_SECONDS = 300;

/** How many children are held back to be started out of order, under weather. */
const SHUFFLE_HELD = 32;

/** A Distributed Map state about to be tried; `most` children may run at a time here. */
export type DistributedMap = {
  name: string;
  state: MapState;
  states: StatesVariable;
  run: Run;
  runStates: RunStates;
  maxConcurrency: number;
  most: number;
};

/**
 * One attempt of a Distributed Map: a child execution for each item or batch, counted as DescribeMapRun counts them.
 * @throws StateError `States.ExceedToleratedFailureThreshold`, `States.ItemReaderFailed`, `States.ResultWriterFailed`.
 */
export async function runDistributedMap(map: DistributedMap): Promise<unknown> {
  const { name, state, states, run, maxConcurrency } = map;
  const source = await openItemSource(state, states, run);
  const tolerates = await tolerance(map, source.total);
  const label = state.Label ?? name.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 40);
  const mapRun = beginMapRun(run, { name, label, maxConcurrency, totalItems: source.total });
  const results = await openResults(state, states, mapRun, run);
  const inOrder = childInputs(source, state, states, run);
  const children = run.engine.weather ? shuffled(inOrder, SHUFFLE_HELD, run.engine.random) : inOrder;

  // Not `for await`: a worker that fails would close the children still to be told as pending.
  async function work(signal: AbortSignal): Promise<void> {
    for (let next = await children.next(); !next.done; next = await children.next()) {
      checkGoingOn({ ...run, signal });
      const child = next.value;
      mapRun.started(child.items);
      const record = await runChild(map, child, label, signal);
      mapRun.ended(child.items, record.status === 'SUCCEEDED');
      await results.add(child.index, record);
      if (!tolerates(mapRun.record.itemCounts.failed)) throw thresholdExceeded(record);
    }
  }

  try {
    await workers(map.most, run.signal, work);
    const output = await results.close();
    mapRun.finished('SUCCEEDED');
    return output;
  } catch (error) {
    mapRun.finished('FAILED');
    if (error instanceof StateError && error.error === EXCEEDED) await results.close(children);
    throw error;
  }
}

const EXCEEDED = 'States.ExceedToleratedFailureThreshold';

function thresholdExceeded({ error, cause }: ChildRecord): StateError {
  return new StateError(EXCEEDED, `The tolerated failure threshold was exceeded; the last failure: ${error}: ${cause}`);
}

// How many items may fail: with neither field none, with both the lower one counts.
async function tolerance({ state, states, run }: DistributedMap, total: number): Promise<(failed: number) => boolean> {
  const { ToleratedFailureCount: count, ToleratedFailurePercentage: percentage } = state;
  const counts: number[] = [];
  if (count !== undefined) counts.push(await evaluateNumber(count, 'ToleratedFailureCount', 'count', states, run));
  if (percentage !== undefined) {
    const share = await evaluateNumber(percentage, 'ToleratedFailurePercentage', 'percentage', states, run);
    counts.push((total * share) / 100);
  }
  const most = counts.length === 0 ? 0 : Math.min(...counts);
  return (failed) => failed <= most;
}

function isExpress({ ItemProcessor }: MapState): boolean {
  return ItemProcessor.ProcessorConfig?.ExecutionType === 'EXPRESS';
}

// Express children run at least once: under weather some run twice, and either result is the one that counts.
async function runChild(
  map: DistributedMap,
  child: ChildInput,
  label: string,
  signal: AbortSignal,
): Promise<ChildRecord> {
  const { random, weather } = map.run.engine;
  const once = () => runChildOnce(map, child, label, signal);
  if (!isExpress(map.state) || !(random() < (weather?.childStartedTwice ?? 0))) return once();
  weather?.onHappened?.('childStartedTwice');
  const atOnce = random() < 0.5;
  const first = once();
  if (!atOnce) await first;
  const [one, other] = await Promise.allSettled([first, once()]);
  for (const run of [one, other]) if (run.status === 'rejected') throw run.reason;
  const told = random() < 0.5 ? one : other;
  return (told as PromiseFulfilledResult<ChildRecord>).value;
}

async function runChildOnce(
  { state, run, runStates }: DistributedMap,
  child: ChildInput,
  label: string,
  signal: AbortSignal,
): Promise<ChildRecord> {
  const { engine } = run;
  const startDate = engine.clock.now();
  const name = uuid(engine.random);
  const execution = {
    Id: localArn('execution', `${engine.machineName}/${label}:${name}`),
    Name: name,
    Input: child.input,
    StartTime: startDate.toISOString(),
  };
  const deadline = isExpress(state)
    ? { at: startDate.getTime() + EXPRESS_SECONDS * 1000, seconds: EXPRESS_SECONDS }
    : undefined;
  const told = { name, input: child.input, startDate };
  try {
    stateDataText(child.input, "A child's input");
    const own: Run = { ...run, execution, deadline, signal, variables: {}, map: undefined, emit: () => undefined };
    const output = await runStates(state.ItemProcessor, child.input, own);
    return { ...told, status: 'SUCCEEDED', output, stopDate: engine.clock.now() };
  } catch (error) {
    if (isUncatchable(error) && !(error instanceof ExecutionTimedOut)) throw error;
    const { error: named, reason } = toStateError(error);
    const status = error instanceof ExecutionTimedOut ? 'TIMED_OUT' : 'FAILED';
    return { ...told, status, error: named, cause: reason, stopDate: engine.clock.now() };
  }
}
