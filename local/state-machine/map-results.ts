import type { ChildInput } from './child-inputs.ts';
import type { MapState, WriterConfig } from './definition.ts';
import { localArn, type Run } from './engine.ts';
import { StateError } from './errors.ts';
import type { StatesVariable } from './expressions.ts';
import type { MapRunProgress } from './map-run.ts';
import { createResultFiles, type ResultFile } from './result-files.ts';
import type { Json, JsonObject } from './types.ts';

/** How one child execution ended. */
export type ChildRecord = {
  name: string;
  input: Json;
  startDate: Date;
  stopDate: Date;
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  output?: Json;
  error?: string;
  cause?: string;
};

/** Takes the children's results as they come; `close` gives the Map state's result. */
export type MapResults = {
  add(index: number, child: ChildRecord): Promise<void>;
  close(notStarted?: AsyncIterable<ChildInput>): Promise<Json>;
};

/** Results as the state's ResultWriter asks: kept for the state's output, or written out and forgotten. */
export async function openResults(
  state: MapState,
  states: StatesVariable,
  mapRun: MapRunProgress,
  run: Run,
): Promise<MapResults> {
  const { Arguments, WriterConfig } = state.ResultWriter ?? {};
  const { mapRunArn, label } = mapRun.record;
  const machine = `${run.engine.machineName}/${label}`;
  if (Arguments === undefined) {
    const config = WriterConfig ?? { OutputType: 'JSON', Transformation: 'COMPACT' };
    return keptResults((child) => entriesOf(child, config, machine));
  }
  const config = WriterConfig ?? { OutputType: 'JSON', Transformation: 'NONE' };
  const { Bucket, Prefix = '' } = (await run.engine.expressions.evaluate(
    Arguments,
    states,
    run.variables,
  )) as JsonObject;
  const folder = `${Prefix === '' ? '' : `${String(Prefix).replace(/\/$/, '')}/`}${mapRun.id}`;
  const write = writerTo(run, String(Bucket));
  const files = createResultFiles(folder, config.OutputType, write);
  return {
    async add(_, child) {
      const succeeded = child.status === 'SUCCEEDED';
      await files.add(succeeded ? 'SUCCEEDED' : 'FAILED', entriesOf(child, config, machine));
    },
    async close(notStarted) {
      for await (const { input } of notStarted ?? []) {
        await files.add('PENDING', [{ ...inputOf(input), Status: 'PENDING' }]);
      }
      const ResultFiles: Record<string, ResultFile[]> = await files.close();
      const Key = `${folder}/manifest.json`;
      await write(Key, JSON.stringify({ DestinationBucket: Bucket, MapRunArn: mapRunArn, ResultFiles }));
      return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: String(Bucket), Key } };
    },
  };
}

function keptResults(entries: (child: ChildRecord) => Json[]): MapResults {
  const kept: Json[][] = [];
  return {
    async add(index, child) {
      kept[index] = entries(child);
    },
    async close() {
      return kept.flat();
    },
  };
}

function writerTo(run: Run, bucket: string): (key: string, text: string) => Promise<void> {
  return async (key, text) => {
    try {
      await run.engine.objects.write(bucket, key, Buffer.from(text));
    } catch (error) {
      const cause = `s3://${bucket}/${key} could not be written: ${(error as Error).message}`;
      throw new StateError('States.ResultWriterFailed', cause);
    }
  };
}

// A child that failed is told in full whatever the transformation.
function entriesOf(child: ChildRecord, { Transformation }: WriterConfig, machine: string): Json[] {
  if (child.status !== 'SUCCEEDED' || Transformation === 'NONE') return [metadataOf(child, machine)];
  const output = child.output as Json;
  return Transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
}

function metadataOf(child: ChildRecord, machine: string): JsonObject {
  const { name, status, output, error, cause } = child;
  const ended: JsonObject =
    status === 'SUCCEEDED'
      ? { Output: JSON.stringify(output), OutputDetails: { Included: true } }
      : { Error: error ?? '', Cause: cause ?? '' };
  return {
    ExecutionArn: localArn('execution', `${machine}:${name}`),
    ...inputOf(child.input),
    Name: name,
    ...ended,
    RedriveCount: 0,
    RedriveStatus: status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    StartDate: child.startDate.toISOString(),
    StateMachineArn: localArn('stateMachine', machine),
    Status: status,
    StopDate: child.stopDate.toISOString(),
  };
}

function inputOf(input: Json): JsonObject {
  return { Input: JSON.stringify(input), InputDetails: { Included: true } };
}
