import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import colors from 'picocolors';
import type { AnswerOf } from '../../client/portal-client.ts';
import { POINTS_SCALE } from '../../lambdas/domain/numbers/amounts.ts';
import { divideHalfEven, formatDecimal, parseDecimal, powerOfTen } from '../../lambdas/domain/numbers/decimal.ts';
import type { ExecutionEvent } from '../state-machine/types.ts';

/** Lines for a person. With `json`, standard output is kept for the one JSON text, and people read standard error. */
export function sayTo(stream: NodeJS.WriteStream, quiet = false): (line?: string) => void {
  return (line = '') => {
    if (!quiet) stream.write(`${line}\n`);
  };
}

export type Say = ReturnType<typeof sayTo>;

const STAGES: Readonly<Record<string, string>> = {
  'Freeze the period': 'Freeze',
  'Plan what to bill': 'Plan',
  'Rate orders': 'Rate',
  'Number documents': 'Number',
  'Issue documents': 'Issue',
  'Reconcile the run': 'Reconcile',
  'Settle accounts': 'Settle',
  'Tell the parties': 'Notify',
  'Report the run': 'Report',
};

export type Progress = {
  tell(event: ExecutionEvent): void;
  advance(stage: string, done: number, total: number): void;
  stop(): void;
};

/** A bar per stage on a terminal; elsewhere a line when a stage is done. */
export function progressOn(stream: NodeJS.WriteStream, quiet = false): Progress {
  if (quiet) return { tell: () => {}, advance: () => {}, stop: () => {} };
  return stream.isTTY ? barsOn(stream) : linesOn(stream);
}

function barsOn(stream: NodeJS.WriteStream): Progress {
  const format = ` {stage} ${colors.cyan('{bar}')} {value}/{total}`;
  const bars = new MultiBar(
    { format, stream, hideCursor: true, barsize: 30, clearOnComplete: false },
    Presets.shades_classic,
  );
  const shown = new Map<string, SingleBar>();
  const advance: Progress['advance'] = (stage, done, total) => {
    const bar = shown.get(stage) ?? bars.create(Math.max(total, 1), 0, { stage: stage.padEnd(10) });
    shown.set(stage, bar);
    bar.setTotal(Math.max(total, 1));
    bar.update(total === 0 ? 1 : done);
  };
  return { advance, tell: (event) => tellStage(event, advance), stop: () => bars.stop() };
}

function linesOn(stream: NodeJS.WriteStream): Progress {
  const advance: Progress['advance'] = (stage, done, total) => {
    if (done === total) stream.write(` ${stage.padEnd(10)} ${total}\n`);
  };
  return {
    advance,
    tell: (event) => {
      if (event.type !== 'MapRunProgress') tellStage(event, advance);
    },
    stop: () => {},
  };
}

function tellStage(event: ExecutionEvent, advance: Progress['advance']): void {
  const stage = STAGES[event.state];
  if (!stage) return;
  if ('total' in event) {
    if (event.type !== 'MapRunStarted') advance(stage, event.succeeded, event.total);
  } else if (event.type === 'StateExited' && !MAPS.has(stage)) advance(stage, 1, 1);
}

const MAPS = new Set(['Rate', 'Issue', 'Settle', 'Notify']);

/** A report as the API answers it; that of a run on this machine is one. */
export type ShownReport = AnswerOf<'getCloseReport'>['body'];

/** The report of a run as a table: per aggregator and currency, what was set aside, whether it reconciles. */
export function sayReport(say: Say, period: string, report: ShownReport, dryRun = false): void {
  const table = new Table({
    head: ['Aggregator', 'Currency', 'Orders', 'Invoices', 'Points', 'Amount'].map((title) => colors.bold(title)),
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const total of report.totals) {
    table.push([
      total.aggregator,
      total.currency,
      String(total.orders),
      String(total.invoices),
      grouped(twoDecimals(total.points)),
      grouped(total.amount),
    ]);
  }
  if (report.totals.length > 0) say(table.toString());
  const verb = dryRun ? 'would be billed' : 'billed';
  say(
    `${counted(report.orders, 'order')} of ${counted(report.contracts, 'contract')}: ${report.invoices} ${verb}, ${report.nothingToBill} with nothing to bill${report.external > 0 ? `, ${report.external} by AWS itself` : ''}`,
  );
  if (report.failed.length === 0) say(`Set aside      ${colors.green('nothing')}`);
  for (const aside of report.failed) {
    const { contractNumber, serviceProvider, usagePeriod, reason, code } = aside;
    say(
      `Set aside      ${colors.yellow(`contract ${contractNumber} of ${serviceProvider}, ${usagePeriod}: ${reason} (${code})`)}`,
    );
  }
  for (const { partyId, stage, reason } of report.undelivered)
    say(`Not delivered  ${colors.yellow(`${stage} of ${partyId}: ${reason}`)}`);
  if (!dryRun) {
    const verdict = report.reconciled ? colors.green('documents = receivables = rated orders') : colors.red('differs');
    say(`Reconciled     ${verdict}, period ${period}`);
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Points to two decimals, for the eye: reports and documents have them all. */
function twoDecimals(points: string): string {
  const exact = parseDecimal(points, POINTS_SCALE) ?? 0n;
  return formatDecimal(divideHalfEven(exact, powerOfTen(POINTS_SCALE - 2)), 2, 2);
}

/** "1,234.56" for a decimal. */
function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const shown = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction ? `${shown}.${fraction}` : shown;
}
