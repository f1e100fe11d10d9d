/** Anything that survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Time as the state machine sees it. `sleep` should end early (by rejecting) when its signal aborts. */
export type Clock = { now(): Date; sleep(milliseconds: number, signal?: AbortSignal): Promise<void> };

/** Where an ItemReader reads from and a ResultWriter writes to. `read` throws when the object is missing. */
export type ObjectStore = {
  read(bucket: string, key: string): Promise<AsyncIterable<Uint8Array>>;
  write(bucket: string, key: string, body: Uint8Array): Promise<void>;
};

/** What a Lambda handler is told about its invocation. */
type InvocationContext = { functionName: string; invokedFunctionArn: string; awsRequestId: string };

/** A Lambda function: JSON in, JSON out; what it throws becomes an error named after the thrown error's `name`. */
export type LambdaHandler = (payload: unknown, context: InvocationContext) => Promise<unknown>;

/** An optimised integration other than Lambda, e.g. `arn:aws:states:::dynamodb:updateItem`: Arguments in, result out. */
export type TaskHandler = (taskArguments: unknown) => Promise<unknown>;

/**
 * AWS's bad weather, each a probability from 0 to 1 drawn from the runner's `random`.
 * - `childStartedTwice`: an Express child of a distributed map runs twice, at the same time or one after the other.
 * - `taskAnswerLost`: a task's effect happens, but the attempt ends in `States.Timeout`.
 * With any weather the children of a distributed map also start in arbitrary order.
 */
export type Weather = {
  childStartedTwice?: number;
  taskAnswerLost?: number;
  /** Is told of each that happens. */
  onHappened?: (kind: 'childStartedTwice' | 'taskAnswerLost') => void;
};

/** Counts as DescribeMapRun gives them, of items or of child executions. */
export type MapRunCounts = { total: number; pending: number; running: number; succeeded: number; failed: number };

/** One run of a Distributed Map state, as DescribeMapRun tells it. */
export type MapRun = {
  mapRunArn: string;
  state: string;
  label: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  startDate: string;
  stopDate?: string;
  maxConcurrency: number;
  itemCounts: MapRunCounts;
  executionCounts: MapRunCounts;
};

type MapRunEvent = {
  type: 'MapRunStarted' | 'MapRunProgress' | 'MapRunFinished';
  state: string;
  total: number;
  succeeded: number;
  failed: number;
  pending: number;
};

/** What happens in an execution; the states of a distributed map's children are not told one by one. */
export type ExecutionEvent =
  | { type: 'StateEntered' | 'StateExited'; state: string }
  | { type: 'StateRetried' | 'StateCaught' | 'StateFailed'; state: string; error: string; cause: string }
  | MapRunEvent;

/** How an execution ended. */
export type ExecutionResult =
  | { status: 'SUCCEEDED'; output: Json }
  | { status: 'FAILED'; error: string; cause: string }
  | { status: 'ABORTED' };
