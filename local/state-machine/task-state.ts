import type { TaskState } from './definition.ts';
import { checkGoingOn, evaluateNumber, type Run } from './engine.ts';
import { asStateData, isCrash, StateError } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import { uuid } from './jsonata-functions.ts';
import { LAMBDA_INVOKE } from './state-fields.ts';
import type { Json, JsonObject } from './types.ts';

/** Lambda's limit on a synchronous invocation's payload and on its answer: 6 MB. */
const LAMBDA_PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;

// A constant: a reason made anew for every task would cost more than all else the runner does for it.
const ANSWERED = 'answered';

/** One attempt of a Task state: evaluates its Arguments, calls the handler, and gives up at TimeoutSeconds. */
export async function runTask(name: string, state: TaskState, states: StatesVariable, run: Run): Promise<unknown> {
  const { expressions } = run.engine;
  const evaluated =
    state.Arguments === undefined ? {} : await expressions.evaluate(state.Arguments, states, run.variables);
  const taskArguments = asStateData(evaluated, `The arguments of '${name}'`);
  const { TimeoutSeconds } = state;
  const seconds =
    TimeoutSeconds === undefined
      ? undefined
      : await evaluateNumber(TimeoutSeconds, 'TimeoutSeconds', 'positive', states, run);
  const answer = await withinTime(() => call(state.Resource, taskArguments, run), seconds, name, run);
  if (run.engine.random() < lostAnswers(run)) {
    run.engine.weather?.onHappened?.('taskAnswerLost');
    throw new StateError('States.Timeout', `The answer of '${name}' was lost; its effect remains.`);
  }
  return answer;
}

function lostAnswers(run: Run): number {
  return run.engine.weather?.taskAnswerLost ?? 0;
}

async function call(resource: string, taskArguments: Json, run: Run): Promise<unknown> {
  if (resource === LAMBDA_INVOKE) return invokeLambda(taskArguments as JsonObject, run);
  try {
    return (await run.engine.tasks[resource]?.(taskArguments)) ?? {};
  } catch (error) {
    throw failureOf(error, resource);
  }
}

async function invokeLambda({ FunctionName, Payload = {} }: JsonObject, run: Run): Promise<Json> {
  const functionName = String(FunctionName);
  const handler = run.engine.functions[functionName];
  if (handler === undefined) {
    throw new StateError('Lambda.ResourceNotFoundException', `There is no function '${functionName}'.`);
  }
  const context = {
    functionName,
    invokedFunctionArn: functionName,
    awsRequestId: uuid(run.engine.random),
  };
  let answer: unknown;
  try {
    answer = await handler(Payload, context);
  } catch (error) {
    throw failureOf(error, functionName);
  }
  return { StatusCode: 200, Payload: throughJson(answer, functionName) };
}

function throughJson(answer: unknown, functionName: string): Json {
  let text: string;
  try {
    text = JSON.stringify(answer ?? null);
  } catch (error) {
    throw new StateError('Runtime.MarshalError', `'${functionName}' answered what is not JSON: ${error}`);
  }
  if (Buffer.byteLength(text) > LAMBDA_PAYLOAD_LIMIT_BYTES) {
    throw new StateError('Function.ResponseSizeTooLarge', `'${functionName}' answered more than 6 MB.`);
  }
  return JSON.parse(text) as Json;
}

// As Lambda reports what its handler throws: the name is the error, the rest is the cause, as JSON text.
function failureOf(error: unknown, where: string): unknown {
  if (isCrash(error)) return error;
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: `${where} threw ${error}` };
  return new StateError(name, JSON.stringify({ errorType: name, errorMessage: message }));
}

// A handler that is too late goes on, as a Lambda function would; only its answer is no longer awaited.
async function withinTime<T>(start: () => Promise<T>, seconds: number | undefined, name: string, run: Run): Promise<T> {
  if (seconds === undefined) return start();
  const { clock } = run.engine;
  const latest = clock.now().getTime() + seconds * 1000;
  const answered = new AbortController();
  const answer = start().finally(() => answered.abort(ANSWERED));
  const late = clock.sleep(seconds * 1000, answered.signal).then(
    () => clock.now().getTime() >= latest,
    () => false,
  );
  const tooLate = late.then((isLate) => {
    if (isLate) throw new StateError('States.Timeout', `'${name}' did not answer within ${seconds} seconds.`);
    return answer;
  });
  answer.catch((error: unknown) => {
    if (isCrash(error)) run.halt(error);
  });
  const first = await Promise.race([answer, tooLate]);
  checkGoingOn(run);
  return first;
}
