import { setMaxListeners } from 'node:events';
import { type Engine, localArn, type Run } from './engine.ts';
import { asStateData, isCrash, Stopped, toStateError } from './errors.ts';
import { createExpressions } from './expressions.ts';
import { runStates } from './interpreter.ts';
import { LAMBDA_INVOKE } from './state-fields.ts';
import type {
  Clock,
  ExecutionEvent,
  ExecutionResult,
  LambdaHandler,
  MapRun,
  ObjectStore,
  TaskHandler,
  Weather,
} from './types.ts';
import { validateDefinition } from './validate.ts';

/** What a runner needs. */
export type RunnerOptions = {
  /** What `loadDefinition` gave. */
  definition: unknown;
  /** Lambda functions by the FunctionName the definition calls them by, after substitution. */
  functions: Record<string, LambdaHandler>;
  /** Other integrations by Resource, e.g. `arn:aws:states:::dynamodb:updateItem`. @default none */
  tasks?: Record<string, TaskHandler>;
  objects: ObjectStore;
  clock: Clock;
  /** Numbers from 0 to below 1; a seeded one makes a run repeatable. */
  random: () => number;
  /** @default none: every child runs once, in order */
  weather?: Weather;
  /** The most children of a Map at a time. @default 4 */
  concurrencyCap?: number;
  /** @default 'billing-close' */
  machineName?: string;
};

/** Runs executions of one state machine, as Step Functions would run them. */
export type Runner = {
  /**
   * Runs one execution to its end. Aborting the signal stops it between steps.
   * @throws what a task threw when that has `isCrash === true`: the execution is left as a dead process would leave it.
   */
  start(args: StartArguments): Promise<ExecutionResult>;
  /** The map runs of an execution this runner has started, oldest first; they change while it runs. */
  mapRuns(executionName: string): MapRun[];
};

type StartArguments = {
  name: string;
  input: unknown;
  signal?: AbortSignal;
  onEvent?: (event: ExecutionEvent) => void;
};

/**
 * A runner for a definition in the Amazon States Language with JSONata.
 * @throws DefinitionError for the first thing in the definition that the runner doesn't know.
 */
export function createRunner(options: RunnerOptions): Runner {
  const { functions, tasks = {}, objects, clock, random } = options;
  const machine = validateDefinition(options.definition, {
    resources: new Set([LAMBDA_INVOKE, ...Object.keys(tasks)]),
    functions: new Set(Object.keys(functions)),
  });
  const engine: Engine = {
    machineName: options.machineName ?? 'billing-close',
    functions,
    tasks,
    objects,
    clock,
    random,
    weather: options.weather,
    concurrencyCap: options.concurrencyCap ?? 4,
    expressions: createExpressions(clock, random),
  };
  const mapRuns = new Map<string, MapRun[]>();

  async function start({ name, input, signal, onEvent }: StartArguments): Promise<ExecutionResult> {
    const stop = stoppedBy(signal);
    const begun = clock.now();
    const seconds = machine.TimeoutSeconds;
    const own: MapRun[] = [];
    mapRuns.set(name, own);
    try {
      const data = asStateData(input, "The execution's input");
      const run: Run = {
        engine,
        execution: {
          Id: localArn('execution', `${engine.machineName}:${name}`),
          Name: name,
          Input: data,
          StartTime: begun.toISOString(),
        },
        deadline: seconds === undefined ? undefined : { at: begun.getTime() + seconds * 1000, seconds },
        signal: stop.signal,
        halt: (reason) => stop.abort(reason),
        variables: {},
        map: undefined,
        emit: onEvent ?? (() => undefined),
        mapRuns: own,
      };
      return { status: 'SUCCEEDED', output: await runStates(machine, data, run) };
    } catch (error) {
      if (isCrash(error)) throw error;
      if (error instanceof Stopped) return { status: 'ABORTED' };
      const { error: named, reason } = toStateError(error);
      return { status: 'FAILED', error: named, cause: reason };
    }
  }

  return { start, mapRuns: (executionName) => mapRuns.get(executionName) ?? [] };
}

function stoppedBy(signal: AbortSignal | undefined): AbortController {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  if (signal?.aborted) stop.abort(new Stopped());
  signal?.addEventListener('abort', () => stop.abort(new Stopped()), { once: true });
  return stop;
}
