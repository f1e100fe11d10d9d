import type { MapState } from './definition.ts';
import { evaluateNumber, type Run } from './engine.ts';
import { STATE_DATA_LIMIT_BYTES } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import { type ItemSource, selectItem } from './item-source.ts';
import type { Json, JsonObject } from './types.ts';

/** The input of one child of a distributed map, its place in their order, and how many items are in it. */
export type ChildInput = { index: number; items: number; input: Json };

/** The inputs of a distributed map's children, in order: one for each item, or one for each batch. */
export async function* childInputs(
  source: ItemSource,
  state: MapState,
  states: StatesVariable,
  run: Run,
): AsyncGenerator<ChildInput> {
  const selected = selectedItems(source, state, states, run);
  let index = 0;
  if (state.ItemBatcher === undefined) {
    for await (const input of selected) yield { index: index++, items: 1, input };
    return;
  }
  const { MaxItemsPerBatch, MaxInputBytesPerBatch = STATE_DATA_LIMIT_BYTES, BatchInput } = state.ItemBatcher;
  const most =
    MaxItemsPerBatch === undefined
      ? Number.POSITIVE_INFINITY
      : await evaluateNumber(MaxItemsPerBatch, 'MaxItemsPerBatch', 'positive', states, run);
  const mostBytes = await evaluateNumber(MaxInputBytesPerBatch, 'MaxInputBytesPerBatch', 'positive', states, run);
  const head: JsonObject =
    BatchInput === undefined
      ? {}
      : { BatchInput: await run.engine.expressions.evaluate(BatchInput, states, run.variables) };
  const headBytes = bytesOf({ ...head, Items: [] });
  let batch: Json[] = [];
  let bytes = headBytes;
  for await (const item of selected) {
    const more = bytesOf(item) + 1;
    if (batch.length > 0 && (batch.length === most || bytes + more > mostBytes)) {
      yield { index: index++, items: batch.length, input: { ...head, Items: batch } };
      batch = [];
      bytes = headBytes;
    }
    batch.push(item);
    bytes += more;
  }
  if (batch.length > 0) yield { index: index++, items: batch.length, input: { ...head, Items: batch } };
}

async function* selectedItems(
  source: ItemSource,
  state: MapState,
  states: StatesVariable,
  run: Run,
): AsyncGenerator<Json> {
  let index = 0;
  for await (const lot of source.read()) {
    for (const item of lot) {
      yield await selectItem(state, item, index, states, run);
      index += 1;
    }
  }
}

function bytesOf(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The same values in arbitrary order, holding back only so many at a time. */
export async function* shuffled<T>(values: AsyncIterable<T>, held: number, random: () => number): AsyncGenerator<T> {
  const waiting: T[] = [];
  const takeOne = () => waiting.splice(Math.floor(random() * waiting.length), 1)[0] as T;
  for await (const value of values) {
    waiting.push(value);
    if (waiting.length >= held) yield takeOne();
  }
  while (waiting.length > 0) yield takeOne();
}
