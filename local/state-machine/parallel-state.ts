import type { ParallelState } from './definition.ts';
import { nestedRun, type Run, type RunStates } from './engine.ts';
import { asStateData } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import { inParallel } from './in-parallel.ts';
import type { Json } from './types.ts';

/** One attempt of a Parallel state: every branch gets the same input; the first failure stops the others. */
export async function runParallel(
  name: string,
  state: ParallelState,
  states: StatesVariable,
  run: Run,
  runStates: RunStates,
): Promise<Json[]> {
  const input =
    state.Arguments === undefined
      ? states.input
      : asStateData(
          await run.engine.expressions.evaluate(state.Arguments, states, run.variables),
          `The arguments of '${name}'`,
        );
  return inParallel(state.Branches, state.Branches.length, run.signal, (branch, _, signal) =>
    runStates(branch, input, nestedRun(run, signal)),
  );
}
