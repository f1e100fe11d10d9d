import { createRunner, type Runner, type RunnerOptions } from '../../local/state-machine/runner.ts';
import type { ExecutionEvent, ExecutionResult, Json, ObjectStore } from '../../local/state-machine/types.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A definition of the given states, starting at the first. */
export function machineOf(states: Record<string, unknown>, rest: Record<string, unknown> = {}): unknown {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...rest };
}

/** A Task state that invokes the function with the whole input (or the given payload). */
export function invoke(
  functionName: string,
  rest: Record<string, unknown> = {},
  payload: Json = '{% $states.input %}',
) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionName, Payload: payload },
    Output: '{% $states.result.Payload %}',
    ...('Next' in rest ? {} : { End: true }),
    ...rest,
  };
}

/** An error of the given name, as functions throw it. */
export class Named extends Error {
  constructor(name: string) {
    super(`${name} happened`);
    this.name = name;
  }
}

/** A function 'f' that throws the named errors one after the other, then answers 'done'. */
export function failing(...names: string[]) {
  let calls = 0;
  const f = async () => {
    const name = names[calls];
    calls += 1;
    if (name !== undefined) throw new Named(name);
    return 'done';
  };
  return { functions: { f }, calls: () => calls };
}

/** A retrier or a catcher of every error. */
export const onAnyError = (rest: Record<string, unknown>) => ({ ErrorEquals: ['States.ALL'], ...rest });

/** An error that stands for the death of the process. */
export const powerCut = () => Object.assign(new Error('power cut'), { isCrash: true });

/** Objects in memory, read in chunks that cut lines and characters apart. */
export function createMemoryObjects(initial: Record<string, string> = {}) {
  const texts = new Map(Object.entries(initial));
  const objects: ObjectStore = {
    async read(bucket, key) {
      const text = texts.get(`${bucket}/${key}`);
      if (text === undefined) throw new Error('NoSuchKey');
      const bytes = Buffer.from(text);
      const step = Math.max(7, Math.ceil(bytes.length / 100));
      return (async function* () {
        for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
      })();
    },
    async write(bucket, key, body) {
      texts.set(`${bucket}/${key}`, Buffer.from(body).toString());
    },
  };
  return { objects, texts };
}

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A runner over a virtual clock, memory and a fixed seed, unless told otherwise. */
export function testRunner(options: Partial<RunnerOptions> & { definition: unknown }): {
  runner: Runner;
  clock: VirtualClock;
} {
  const clock = createVirtualClock();
  const { objects } = createMemoryObjects();
  return { clock, runner: createRunner({ functions: {}, objects, clock, random: seeded(1), ...options }) };
}

/** Why the runner refuses a definition whose only function is 'f': the error's name and message; or 'accepted'. */
export function problemOf(definition: unknown): string {
  try {
    testRunner({ definition, functions: { f: async () => 1 } });
  } catch (error) {
    return `${(error as Error).name} ${(error as Error).message}`;
  }
  return 'accepted';
}

/** Runs the states once. */
export async function runOnce(
  states: Record<string, unknown>,
  input: Json = {},
  options: Partial<RunnerOptions> = {},
): Promise<{ result: ExecutionResult; events: ExecutionEvent[]; clock: VirtualClock; runner: Runner }> {
  const { runner, clock } = testRunner({ definition: machineOf(states), ...options });
  const events: ExecutionEvent[] = [];
  const result = await runner.start({ name: 'test', input, onEvent: (event) => events.push(structuredClone(event)) });
  return { result, events, clock, runner };
}

/** The output of a run that must succeed. */
export async function outputOf(
  states: Record<string, unknown>,
  input: Json = {},
  options: Partial<RunnerOptions> = {},
): Promise<Json> {
  const { result } = await runOnce(states, input, options);
  if (result.status !== 'SUCCEEDED') throw new Error(`The execution did not succeed: ${JSON.stringify(result)}`);
  return result.output;
}
