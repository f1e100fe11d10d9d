import type { CloseRun } from '../domain/close/run.ts';
import { getExisting, parseJson, readLines } from './bytes.ts';
import type { RunKey } from './ports/closes.ts';
import type { Portal } from './ports/portal.ts';
import {
  type NumberedRow,
  type Reconciled,
  ReconciledSchema,
  type RunParty,
  RunPartySchema,
  runFiles,
} from './run-files.ts';
import { numberedRows } from './run-outcome.ts';

/** What earlier runs owe: documents they have numbered and told nobody of, and parties they have not reached. */
export type Debts = { rows: NumberedRow[]; parties: RunParty[] };

type DebtPortal = Pick<Portal, 'closes' | 'workFiles'>;

/**
 * What the runs before this one have left untold (domain.md §6.7, §6.8): everything that runs which died before they
 * reconciled have numbered; of the last one that did reconcile, what it found numbered but not issued, and the parties
 * it has not reached. Those get that run's documents, under that run's reference.
 */
export async function debtsOf(portal: DebtPortal, run: CloseRun): Promise<Debts> {
  const rows: NumberedRow[] = [];
  let previous = (await portal.closes.place(run))?.previous;
  while (previous) {
    const place = await portal.closes.place(previous);
    if (place?.reconciled) {
      const { unissued } = await reconciledOf(portal, previous);
      return { rows: [...rows, ...unissued], parties: await unreachedParties(portal, previous) };
    }
    rows.push(...(await numberedRows(portal, previous)));
    previous = place?.previous;
  }
  return { rows, parties: [] };
}

/** What reconciling a run has found. @throws TerminalError when it has not reconciled */
export async function reconciledOf(portal: Pick<Portal, 'workFiles'>, run: RunKey): Promise<Reconciled> {
  return parseJson(ReconciledSchema, await getExisting(portal.workFiles, runFiles.reconciled(run.name)));
}

async function unreachedParties(portal: DebtPortal, { period, name }: RunKey): Promise<RunParty[]> {
  const run = await portal.closes.run(period, name);
  const unreached = run?.report && new Set(run.report.undelivered.map((party) => party.partyId));
  if (unreached?.size === 0) return [];
  const parties = await readLines(portal.workFiles, RunPartySchema, runFiles.parties(name));
  return parties.filter((party) => !unreached || unreached.has(party.id));
}
