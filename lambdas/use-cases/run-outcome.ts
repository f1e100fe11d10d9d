import * as z from 'zod';
import type { CloseRun, SetAside, Undelivered } from '../domain/close/run.ts';
import { parseJson, readLines } from './bytes.ts';
import type { Portal } from './ports/portal.ts';
import {
  type NumberedRow,
  NumberedRowSchema,
  type PlannedContract,
  PlannedContractSchema,
  runFiles,
  SetAsideSchema,
  UndeliveredSchema,
} from './run-files.ts';
import { plannedAside } from './set-aside.ts';

type Files = Pick<Portal, 'workFiles'>;

const NOBODY = { code: 'NOT_BILLED', reason: 'No step of the run has billed it' };

/** Names a revision of an order: what is billed, and billed once more. */
export const revisionOf = ({ id, revision }: { id: string; revision: number }): string => `${id}#${revision}`;

/** What a run was to bill. */
export function plannedContracts(portal: Files, run: CloseRun): Promise<PlannedContract[]> {
  return readLines(portal.workFiles, PlannedContractSchema, runFiles.orders(run.name));
}

/** What a run was to issue. */
export function numberedRows(portal: Files, run: Pick<CloseRun, 'name'>): Promise<NumberedRow[]> {
  return readLines(portal.workFiles, NumberedRowSchema, runFiles.numbers(run.name));
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
 * @param done the revisions of orders that are billed or were closed with nothing to bill
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
  return contracts.flatMap((contract) => {
    const open = contract.orders.filter(({ orderId: id, revision }) => !done.has(revisionOf({ id, revision })));
    return open.map((order) => causes.get(order.orderId) ?? plannedAside(contract, order, NOBODY));
  });
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
