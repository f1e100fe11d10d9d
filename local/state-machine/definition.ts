import type { Json, JsonObject } from './types.ts';

/** A literal, or text of the form `{% JSONata %}`. */
type Template = Json;

export type Retrier = {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
};

type Outcome = { Output?: Template; Assign?: JsonObject };

export type Catcher = Outcome & { ErrorEquals: string[]; Next: string };

type ChoiceRule = Outcome & { Condition: string; Next: string };

type Common = Outcome & { Next?: string; End?: true };

type Guarded = Common & { Retry?: Retrier[]; Catch?: Catcher[] };

export type TaskState = Guarded & {
  Type: 'Task';
  Resource: string;
  Arguments?: Template;
  TimeoutSeconds?: number | string;
};

type ChoiceState = Outcome & { Type: 'Choice'; Choices: ChoiceRule[]; Default?: string };
type PassState = Common & { Type: 'Pass' };
type WaitState = Common & { Type: 'Wait'; Seconds: number | string };
type SucceedState = { Type: 'Succeed'; Output?: Template };
type FailState = { Type: 'Fail'; Error?: string; Cause?: string };
export type ParallelState = Guarded & { Type: 'Parallel'; Arguments?: Template; Branches: StateMachine[] };

export type MapState = Guarded & {
  Type: 'Map';
  ItemProcessor: StateMachine & {
    ProcessorConfig?: { Mode: 'INLINE' | 'DISTRIBUTED'; ExecutionType?: 'EXPRESS' | 'STANDARD' };
  };
  Items?: Template;
  ItemSelector?: Template;
  ItemReader?: {
    Resource: string;
    Arguments: Template;
    ReaderConfig: { InputType: 'JSON' | 'JSONL'; MaxItems?: number | string };
  };
  ItemBatcher?: {
    MaxItemsPerBatch?: number | string;
    MaxInputBytesPerBatch?: number | string;
    BatchInput?: Template;
  };
  MaxConcurrency?: number | string;
  ToleratedFailureCount?: number | string;
  ToleratedFailurePercentage?: number | string;
  ResultWriter?: { Resource?: string; Arguments?: Template; WriterConfig?: WriterConfig };
  Label?: string;
};

export type WriterConfig = { OutputType: 'JSON' | 'JSONL'; Transformation: 'NONE' | 'COMPACT' | 'FLATTEN' };

export type State =
  | TaskState
  | ChoiceState
  | PassState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** A state machine, or one nested in a Parallel branch or a Map's ItemProcessor. */
export type StateMachine = { StartAt: string; States: Record<string, State>; TimeoutSeconds?: number };
