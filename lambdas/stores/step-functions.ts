import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ListMapRunsCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Executions } from '../use-cases/ports/closes.ts';

/** Executions of the close's state machine. */
export function openExecutions(client: SFNClient, stateMachineArn: string): Executions {
  const executionArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

  return {
    start: async (name, input) => {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    status: async (name) => {
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn: executionArn(name) }));
        return status === 'RUNNING' ? 'RUNNING' : 'ENDED';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'UNKNOWN';
        throw error;
      }
    },

    progress: async (name) => {
      try {
        const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn: executionArn(name) }));
        const described = await Promise.all(
          (mapRuns ?? []).map(({ mapRunArn }) => client.send(new DescribeMapRunCommand({ mapRunArn }))),
        );
        return described
          .sort((a, b) => (a.startDate?.getTime() ?? 0) - (b.startDate?.getTime() ?? 0))
          .map(({ mapRunArn, itemCounts }) => ({
            stage: stageOf(mapRunArn ?? ''),
            total: Number(itemCounts?.total ?? 0),
            succeeded: Number(itemCounts?.succeeded ?? 0),
            failed: Number(itemCounts?.failed ?? 0),
          }));
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return [];
        throw error;
      }
    },
  };
}

/** The label of a map in its run's ARN: "…:mapRun:<machine>/<label>:<id>". */
function stageOf(mapRunArn: string): string {
  return mapRunArn.slice(mapRunArn.indexOf('/') + 1).split(':')[0] ?? '';
}
