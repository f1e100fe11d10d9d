import type { MapState } from './definition.ts';
import { runDistributedMap } from './distributed-map.ts';
import { evaluateNumber, nestedRun, type Run, type RunStates } from './engine.ts';
import { asStateData } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import { inParallel } from './in-parallel.ts';
import { itemArray, selectItem } from './item-source.ts';

/** One attempt of a Map state, inline or distributed. */
export async function runMap(
  name: string,
  state: MapState,
  states: StatesVariable,
  run: Run,
  runStates: RunStates,
): Promise<unknown> {
  const asked = await evaluateNumber(state.MaxConcurrency ?? 0, 'MaxConcurrency', 'count', states, run);
  const most = Math.min(asked || run.engine.concurrencyCap, run.engine.concurrencyCap);
  if (state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED') {
    return runDistributedMap({ name, state, states, run, runStates, maxConcurrency: asked, most });
  }
  const items = await itemArray(state, states, run);
  return inParallel(items, most, run.signal, async (item, index, signal) => {
    const map = { Item: { Index: index, Value: item } };
    const input = asStateData(await selectItem(state, item, index, states, run), 'An item');
    return runStates(state.ItemProcessor, input, nestedRun(run, signal, map));
  });
}
