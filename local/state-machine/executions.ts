import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from './runner.ts';
import type { Clock, ExecutionEvent, ExecutionResult, Json, MapRun } from './types.ts';

/** An execution as DescribeExecution tells it, with the map runs it had once it has ended. */
export type Execution = {
  name: string;
  status: 'RUNNING' | ExecutionResult['status'];
  input: Json;
  output?: Json;
  error?: string;
  cause?: string;
  startDate: string;
  stopDate?: string;
  mapRuns?: MapRun[];
};

/** An execution of that name was started before, in this process or an earlier one. */
export class ExecutionAlreadyExists extends Error {
  constructor(name: string) {
    super(`An execution named '${name}' already exists; a name can be used once.`);
    this.name = 'ExecutionAlreadyExists';
  }
}

/** There is no execution of that name. */
export class ExecutionDoesNotExist extends Error {
  constructor(name: string) {
    super(`There is no execution named '${name}'.`);
    this.name = 'ExecutionDoesNotExist';
  }
}

/** StartExecution, DescribeExecution and DescribeMapRun over a folder. */
export type Executions = {
  /** Begins an execution and answers at once. @throws ExecutionAlreadyExists */
  start(name: string, input: Json): Execution;
  /** @throws ExecutionDoesNotExist */
  describe(name: string): Execution;
  /** The map runs so far, oldest first. @throws ExecutionDoesNotExist */
  mapRuns(name: string): MapRun[];
  /** The execution once it has ended. @throws ExecutionDoesNotExist, or the crash that ended the process's part in it. */
  wait(name: string): Promise<Execution>;
};

/** An execution's name as AWS allows it; it is its file's name too. */
const NAME = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * Opens a folder of executions, one JSON file each. Whatever is found RUNNING there died with its process: it becomes
 * FAILED with the error `ProcessStopped`.
 * @param onEvent is told what happens in the executions started here.
 */
export function createExecutions(options: {
  folder: string;
  runner: Runner;
  clock: Clock;
  onEvent?: (name: string, event: ExecutionEvent) => void;
}): Executions {
  const { folder, runner, clock, onEvent } = options;
  const known = new Map<string, Execution>();
  const ends = new Map<string, Promise<Execution>>();
  mkdirSync(folder, { recursive: true });

  function keep(execution: Execution): Execution {
    const file = join(folder, `${execution.name}.json`);
    writeFileSync(`${file}.part`, `${JSON.stringify(execution, null, 2)}\n`, { flush: true });
    renameSync(`${file}.part`, file);
    known.set(execution.name, execution);
    return execution;
  }

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const execution = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Execution;
    known.set(execution.name, execution);
    if (execution.status !== 'RUNNING') continue;
    const cause = 'The process ended while this execution was running.';
    keep({ ...execution, status: 'FAILED', error: 'ProcessStopped', cause, stopDate: clock.now().toISOString() });
  }

  async function run(execution: Execution): Promise<Execution> {
    const { name, input } = execution;
    const tell = onEvent && ((event: ExecutionEvent) => onEvent(name, event));
    const result = await runner.start({ name, input, ...(tell && { onEvent: tell }) });
    return keep({ ...execution, ...result, stopDate: clock.now().toISOString(), mapRuns: runner.mapRuns(name) });
  }

  function describe(name: string): Execution {
    const execution = known.get(name);
    if (execution === undefined) throw new ExecutionDoesNotExist(name);
    return execution;
  }

  return {
    start(name, input) {
      if (!NAME.test(name)) throw new RangeError(`'${name}' can not name an execution: use letters, digits, - and _.`);
      if (known.has(name)) throw new ExecutionAlreadyExists(name);
      const execution = keep({ name, status: 'RUNNING', input, startDate: clock.now().toISOString() });
      const end = run(execution);
      // Who doesn't wait must not be surprised by a crash; who does gets it from `wait`.
      end.catch(() => undefined);
      ends.set(name, end);
      return execution;
    },
    describe,
    mapRuns: (name) => describe(name).mapRuns ?? runner.mapRuns(name),
    wait: async (name) => ends.get(name) ?? describe(name),
  };
}
