import * as z from 'zod';
import type { CloseRun, SetAside, Undelivered } from '../domain/close/run.ts';
import type { Portal } from './ports/portal.ts';
import { setAside } from './rate-batch.ts';
import {
  type NumberedRow,
  NumberedRowSchema,
  type PlannedContract,
  PlannedContractSchema,
  parseJson,
  runFiles,
  SetAsideSchema,
  UndeliveredSchema,
} from './run-files.ts';

type Files = Pick<Portal, 'workFiles'>;

/** What a run was to bill. */
export async function plannedContracts(portal: Files, run: CloseRun): Promise<PlannedContract[]> {
  const contracts: PlannedContract[] = [];
  for await (const line of portal.workFiles.lines(runFiles.orders(run.name))) {
    contracts.push(PlannedContractSchema.parse(JSON.parse(line)));
  }
  return contracts;
}

/** What a run was to issue. */
export async function numberedRows(portal: Files, run: Pick<CloseRun, 'name'>): Promise<NumberedRow[]> {
  const rows: NumberedRow[] = [];
  for await (const line of portal.workFiles.lines(runFiles.numbers(run.name))) {
    rows.push(NumberedRowSchema.parse(JSON.parse(line)));
  }
  return rows;
}

/** Parties whose batch failed in the last stages. */
export async function undelivered(portal: Files, run: CloseRun): Promise<Undelivered[]> {
  const found: Undelivered[] = [];
  for (const stage of ['Settle', 'Notify']) {
    found.push(...(await asideOfStage(portal, run, stage, UndeliveredSchema)));
  }
  return found;
}

/**
 * The planned orders that are not done, each with its cause as the failed step recorded it.
 * @param done ids of the orders that are billed or were closed with nothing to bill
 */
export async function setAsideOrders(
  portal: Files,
  run: CloseRun,
  contracts: readonly PlannedContract[],
  done: ReadonlySet<string>,
): Promise<SetAside[]> {
  const causes = new Map<string, SetAside>();
  for (const stage of ['Issue', 'Rate']) {
    for (const aside of await asideOfStage(portal, run, stage, SetAsideSchema)) causes.set(aside.orderId, aside);
  }
  return contracts.flatMap((contract) =>
    contract.orders
      .filter((order) => !done.has(order.orderId))
      .map(
        (order) =>
          causes.get(order.orderId) ?? setAside(contract, order, 'NOT_BILLED', 'No step of the run has billed it'),
      ),
  );
}

async function asideOfStage<Schema extends z.ZodType>(
  portal: Files,
  run: CloseRun,
  stage: string,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const found: z.infer<Schema>[] = [];
  for await (const { key } of portal.workFiles.list(runFiles.asides(run.name, stage))) {
    const bytes = await portal.workFiles.get(key);
    if (bytes) found.push(...parseJson(z.array(schema), bytes));
  }
  return found;
}
