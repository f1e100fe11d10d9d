import type { StateMachine } from './definition.ts';
import { ExecutionTimedOut, StateError } from './errors.ts';
import type { Expressions, StatesVariable } from './expressions.ts';
import { isNumberOf, type NumberKind } from './field-checks.ts';
import type {
  Clock,
  ExecutionEvent,
  Json,
  JsonObject,
  LambdaHandler,
  MapRun,
  ObjectStore,
  TaskHandler,
  Weather,
} from './types.ts';

/** What every execution of a runner shares. */
export type Engine = {
  machineName: string;
  functions: Record<string, LambdaHandler>;
  tasks: Record<string, TaskHandler>;
  objects: ObjectStore;
  clock: Clock;
  random: () => number;
  weather: Weather | undefined;
  /** The most children of a distributed map at a time, whatever its MaxConcurrency says. */
  concurrencyCap: number;
  expressions: Expressions;
};

/** One run through a state machine or a nested one: the execution it belongs to and what it can see. */
export type Run = {
  engine: Engine;
  execution: { Id: string; Name: string; Input: Json; StartTime: string };
  /** When the execution must have ended, and how long it had. */
  deadline: { at: number; seconds: number } | undefined;
  signal: AbortSignal;
  /** Stops the whole execution with this reason. */
  halt: (reason: unknown) => void;
  variables: JsonObject;
  map: JsonObject | undefined;
  emit: (event: ExecutionEvent) => void;
  mapRuns: MapRun[];
};

/** Runs nested states; handed to the states that nest others, so that those need not know the interpreter. */
export type RunStates = (machine: StateMachine, input: Json, run: Run) => Promise<Json>;

/** A run inside another: it reads the variables around it, its own stay inside. */
export function nestedRun(run: Run, signal: AbortSignal, map: JsonObject | undefined = run.map): Run {
  return { ...run, signal, map, variables: { ...run.variables } };
}

/** @throws what the run was stopped with, or ExecutionTimedOut once its time is over. */
export function checkGoingOn(run: Run): void {
  run.signal.throwIfAborted();
  const { deadline, engine } = run;
  if (deadline && engine.clock.now().getTime() >= deadline.at) throw new ExecutionTimedOut(deadline.seconds);
}

/** A field that takes a number or an expression giving one. @throws StateError `States.QueryEvaluationError`. */
export async function evaluateNumber(
  field: number | string,
  what: string,
  kind: NumberKind,
  states: StatesVariable,
  run: Run,
): Promise<number> {
  const value = await run.engine.expressions.evaluate(field, states, run.variables);
  if (isNumberOf(kind, value)) return value;
  throw new StateError('States.QueryEvaluationError', `${what} can not be ${JSON.stringify(value)}.`);
}

/** Waits on the runner's clock; ends early, by throwing, when the run is stopped. */
export async function pause(run: Run, seconds: number): Promise<void> {
  const left = run.deadline ? run.deadline.at - run.engine.clock.now().getTime() : Number.POSITIVE_INFINITY;
  try {
    await run.engine.clock.sleep(Math.min(seconds * 1000, left), run.signal);
  } finally {
    checkGoingOn(run);
  }
}

/** The state machine's, an execution's or a map run's name in the form AWS gives it. */
export function localArn(kind: 'stateMachine' | 'execution' | 'mapRun', name: string): string {
  return `arn:aws:states:local:000000000000:${kind}:${name}`;
}
