import type { MapState } from './definition.ts';
import { evaluateNumber, type Run } from './engine.ts';
import { StateError } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import type { Json, JsonObject } from './types.ts';

/** The items a Map state works on; `read` gives them in lots, without holding all of a JSON Lines file in memory. */
export type ItemSource = { total: number; read(): AsyncIterable<Json[]> };

/** The items of a Map state without ItemReader: its Items, else its input. */
export async function itemArray(state: MapState, states: StatesVariable, run: Run): Promise<Json[]> {
  const items =
    state.Items === undefined
      ? states.input
      : await run.engine.expressions.evaluate(state.Items, states, run.variables);
  if (Array.isArray(items)) return items;
  throw new StateError('States.QueryEvaluationError', 'The items of a Map state must be an array.');
}

/** What a child gets for an item: the item itself, or what ItemSelector makes of it. */
export async function selectItem(
  state: MapState,
  item: Json,
  index: number,
  states: StatesVariable,
  run: Run,
): Promise<Json> {
  if (state.ItemSelector === undefined) return item;
  const context = { ...states.context, Map: { Item: { Index: index, Value: item } } };
  return run.engine.expressions.evaluate(state.ItemSelector, { ...states, context }, run.variables);
}

/**
 * Opens the items of a distributed map; a JSON Lines file is counted first, since tolerances and progress need a total.
 * @throws StateError `States.ItemReaderFailed` when the object can't be read (also later, for a line that is not JSON).
 */
export async function openItemSource(state: MapState, states: StatesVariable, run: Run): Promise<ItemSource> {
  if (state.ItemReader === undefined) return ofArray(await itemArray(state, states, run));
  const { Arguments, ReaderConfig } = state.ItemReader;
  const { Bucket, Key } = (await run.engine.expressions.evaluate(Arguments, states, run.variables)) as JsonObject;
  const most =
    ReaderConfig.MaxItems === undefined
      ? Number.POSITIVE_INFINITY
      : await evaluateNumber(ReaderConfig.MaxItems, 'MaxItems', 'positive', states, run);
  const where = `s3://${Bucket}/${Key}`;
  const lots = () => linesOf(run, String(Bucket), String(Key), where);
  if (ReaderConfig.InputType === 'JSON') return ofArray((await wholeArray(lots(), where)).slice(0, most));
  let total = 0;
  for await (const lines of lots()) total += lines.length;
  return { total: Math.min(total, most), read: () => parsed(lots(), Math.min(total, most), where) };
}

function ofArray(items: Json[]): ItemSource {
  return {
    total: items.length,
    async *read() {
      yield items;
    },
  };
}

async function wholeArray(lots: AsyncIterable<string[]>, where: string): Promise<Json[]> {
  const lines: string[] = [];
  for await (const lot of lots) lines.push(...lot);
  const items = parse(lines.join('\n'), where);
  if (Array.isArray(items)) return items;
  throw new StateError('States.ItemReaderFailed', `${where} holds no JSON array.`);
}

async function* parsed(lots: AsyncIterable<string[]>, most: number, where: string): AsyncGenerator<Json[]> {
  let given = 0;
  for await (const lines of lots) {
    const items = lines.slice(0, most - given).map((line, index) => parse(line, `${where}, item ${given + index}`));
    given += items.length;
    yield items;
    if (given >= most) return;
  }
}

function parse(text: string, where: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new StateError('States.ItemReaderFailed', `${where} is not JSON: ${(error as Error).message}`);
  }
}

// The lines of an object that are not blank, a lot for each chunk of bytes.
async function* linesOf(run: Run, bucket: string, key: string, where: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of await run.engine.objects.read(bucket, key)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() as string;
      const full = lines.filter((line) => line.trim() !== '');
      if (full.length > 0) yield full;
    }
  } catch (error) {
    throw new StateError('States.ItemReaderFailed', `${where} could not be read: ${(error as Error).message}`);
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield [rest];
}
