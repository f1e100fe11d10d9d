import type { Catcher, MapState, ParallelState, State, StateMachine, TaskState } from './definition.ts';
import { checkGoingOn, evaluateNumber, localArn, pause, type Run } from './engine.ts';
import { asStateData, isUncatchable, StateError, toStateError } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import { runMap } from './map-state.ts';
import { runParallel } from './parallel-state.ts';
import { matches, nextRetry } from './retry.ts';
import { runTask } from './task-state.ts';
import type { Json, JsonObject } from './types.ts';

type Exit = { next: string | undefined; output: Json };
type Work = TaskState | ParallelState | MapState;

/**
 * Runs a state machine, or a nested one, to its end.
 * @returns the output of its last state.
 * @throws StateError when it fails; Stopped, ExecutionTimedOut and crashes pass through untouched.
 */
export async function runStates(machine: StateMachine, input: Json, run: Run): Promise<Json> {
  let name = machine.StartAt;
  let data = input;
  for (;;) {
    checkGoingOn(run);
    const state = machine.States[name] as State;
    run.emit({ type: 'StateEntered', state: name });
    const exit = await runState(name, state, data, run).catch((error: unknown) => {
      if (isUncatchable(error)) throw error;
      const failure = toStateError(error);
      run.emit({ type: 'StateFailed', state: name, error: failure.error, cause: failure.reason });
      throw failure;
    });
    run.emit({ type: 'StateExited', state: name });
    if (exit.next === undefined) return exit.output;
    name = exit.next;
    data = exit.output;
  }
}

async function runState(name: string, state: State, input: Json, run: Run): Promise<Exit> {
  const states: StatesVariable = { input, context: contextOf(name, run, 0) };
  switch (state.Type) {
    case 'Pass':
      return { next: state.Next, output: await settle(state, states, input, run) };
    case 'Wait': {
      await pause(run, await evaluateNumber(state.Seconds, 'Seconds', 'count', states, run));
      return { next: state.Next, output: await settle(state, states, input, run) };
    }
    case 'Succeed':
      return { next: undefined, output: await settle(state, states, input, run) };
    case 'Fail': {
      const { Error: error = '', Cause: cause = '' } = state;
      const told = await run.engine.expressions.evaluate({ error, cause }, states, run.variables);
      throw new StateError(String((told as JsonObject).error), String((told as JsonObject).cause));
    }
    case 'Choice': {
      for (const rule of state.Choices) {
        const chosen = await run.engine.expressions.evaluate(rule.Condition, states, run.variables);
        if (typeof chosen !== 'boolean') {
          throw new StateError('States.QueryEvaluationError', `Condition ${rule.Condition} gave no boolean.`);
        }
        if (chosen) return { next: rule.Next, output: await settle(rule, states, input, run) };
      }
      if (state.Default === undefined) throw new StateError('States.NoChoiceMatched', `No rule of '${name}' matched.`);
      return { next: state.Default, output: await settle(state, states, input, run) };
    }
    default:
      return runGuarded(name, state, states, run);
  }
}

// Retry first, then Catch, as the states language orders them.
async function runGuarded(name: string, state: Work, states: StatesVariable, run: Run): Promise<Exit> {
  const spent: number[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const told = { ...states, context: contextOf(name, run, attempt) };
    try {
      const result = asStateData(await work(name, state, told, run), `The result of '${name}'`);
      return { next: state.Next, output: await settle(state, { ...told, result }, result, run) };
    } catch (error) {
      if (isUncatchable(error)) throw error;
      const failure = toStateError(error);
      const event = { state: name, error: failure.error, cause: failure.reason };
      const seconds = nextRetry(state.Retry ?? [], failure, spent, run.engine.random);
      if (seconds !== undefined) {
        run.emit({ type: 'StateRetried', ...event });
        await pause(run, seconds);
        continue;
      }
      const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
      if (catcher === undefined) throw failure;
      run.emit({ type: 'StateCaught', ...event });
      return settleCaught(catcher, told, failure, run);
    }
  }
}

async function settleCaught(catcher: Catcher, states: StatesVariable, failure: StateError, run: Run): Promise<Exit> {
  const errorOutput = { Error: failure.error, Cause: failure.reason };
  return { next: catcher.Next, output: await settle(catcher, { ...states, errorOutput }, errorOutput, run) };
}

function work(name: string, state: Work, states: StatesVariable, run: Run): Promise<unknown> {
  if (state.Type === 'Task') return runTask(name, state, states, run);
  if (state.Type === 'Parallel') return runParallel(name, state, states, run, runStates);
  return runMap(name, state, states, run, runStates);
}

// Output and Assign both see the variables as they were when the state was entered.
async function settle(
  fields: { Output?: Json; Assign?: JsonObject },
  states: StatesVariable,
  otherwise: Json,
  run: Run,
): Promise<Json> {
  const { expressions } = run.engine;
  const output =
    fields.Output === undefined ? otherwise : await expressions.evaluate(fields.Output, states, run.variables);
  const kept = asStateData(output, 'A state output');
  if (fields.Assign !== undefined) {
    const assigned = await expressions.evaluate(fields.Assign, states, run.variables);
    Object.assign(run.variables, asStateData(assigned, 'What a state assigns'));
  }
  return kept;
}

function contextOf(name: string, run: Run, retries: number): JsonObject {
  const { engine, execution, map } = run;
  return {
    Execution: execution,
    State: { Name: name, EnteredTime: engine.clock.now().toISOString(), RetryCount: retries },
    StateMachine: { Id: localArn('stateMachine', engine.machineName), Name: engine.machineName },
    ...(map && { Map: map }),
  };
}
