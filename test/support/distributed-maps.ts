import type { Json, LambdaHandler } from '../../local/state-machine/types.ts';
import { createMemoryObjects, invoke, runOnce } from './state-machines.ts';

/** A distributed Map state; each child goes through the given states, by default the function 'f' alone. */
export const distributed = (
  rest: Record<string, unknown> = {},
  child: Record<string, unknown> = { F: invoke('f') },
  type = 'EXPRESS',
) => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
    StartAt: Object.keys(child)[0],
    States: child,
  },
  End: true,
  ...rest,
});

/** The states of a machine that is one distributed Map, called A. */
export const mapOf = (...args: Parameters<typeof distributed>) => ({ A: distributed(...args) });

/** The part of a Map state that reads its items from the object whose key the input names. */
export const fromS3 = (InputType: string, rest: Record<string, unknown> = {}) => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    Arguments: { Bucket: 'work', Key: '{% $states.input.key %}' },
    ReaderConfig: { InputType, ...rest },
  },
});

/** The part of a Map state that writes its results under 'work/out'. */
export const toS3 = (rest: Record<string, unknown> = {}) => ({
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Arguments: { Bucket: 'work', Prefix: 'out' },
    ...rest,
  },
});

/** The items as JSON Lines. */
export const lines = (...items: Json[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

/** A function that throws a RangeError when one of the items is in its payload, and else answers the payload. */
export const failsOn =
  (...bad: Json[]): LambdaHandler =>
  async (payload) => {
    if (bad.some((item) => JSON.stringify(payload).includes(JSON.stringify(item)))) throw new RangeError('bad item');
    return payload;
  };

/** Runs the states over an object 'work/in' and tells what was written. */
export async function runOver(
  states: Record<string, unknown>,
  text: string,
  f: LambdaHandler = async (payload) => payload,
) {
  const { objects, texts } = createMemoryObjects({ 'work/in': text });
  const done = await runOnce(states, { key: 'in' }, { functions: { f }, objects });
  const written = new Map([...texts].filter(([key]) => key !== 'work/in'));
  const file = (name: string) => [...written].find(([key]) => key.endsWith(name))?.[1];
  const [mapRun] = done.runner.mapRuns('test');
  return { ...done, written, file, mapRun };
}
