import { isDeepStrictEqual } from 'node:util';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { countsByLine, type LineCount } from '../domain/billing-order/counts-by-line.ts';
import { isAdjusted } from '../domain/billing-order/move.ts';
import type { Points } from '../domain/numbers/amounts.ts';
import {
  checkEntry,
  checkNewQuantity,
  checkSite,
  type EntryFacts,
  type EntryText,
  type LineFault,
} from '../domain/usage/check-entry.ts';
import { editLines, type LineOperation, type LineOutcome } from '../domain/usage/edit-lines.ts';
import type { EditReason, UsageLine } from '../domain/usage/usage-line.ts';
import { seesLine, seesSite } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { changedLines } from './changed-lines.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { committed } from './committed.ts';
import { type FieldError, PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { orderChanged } from './order-changed.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import {
  lateMonthsUnchanged,
  type ReportableOrder,
  type ReportPortal,
  refuseUnreportable,
  reportableOrder,
} from './reportable-order.ts';
import { summaryOf } from './usage-summary.ts';

type EditPortal = ReportPortal & Pick<Portal, 'units' | 'audit' | 'outbox'>;

type Said = { reason?: EditReason | undefined; comment?: string | undefined };

/** What is asked to be done to the lines of an order, as it was sent. */
export type AskedOperation =
  | ({ do: 'ADD'; entry: EntryText } & Said)
  | ({ do: 'CHANGE'; lineId: string; quantity?: string | undefined; site?: string | undefined } & Said)
  | ({ do: 'DELETE'; lineId: string } & Said);

/** Who edits which order. */
export type UsageEdit = { caller: Caller; orderId: string; now: Date; ifMatch: IfMatch; newId: () => string };

/** A line as it is now, with its points. */
export type CountedLine = { line: UsageLine; points: Points };

/** What came of an operation: the line as it is now, nothing where it is gone, or everything that is wrong. */
export type EditOutcome = { ok: true; counted: CountedLine | undefined } | { ok: false; faults: readonly LineFault[] };

export type EditedUsage = { order: BillingOrder; outcomes: EditOutcome[] };

/**
 * Does operations on the lines of an order as one change of it, each that is valid; those that are refused change nothing.
 * Of two who change the same line at once the later one is told; other lines of the order may change in between.
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; ORDER_SEALED; TRANSITION_NOT_ALLOWED; USAGE_NOT_EDITABLE; CHANGED_MEANWHILE
 */
export async function editUsage(
  portal: EditPortal,
  edit: UsageEdit,
  asked: readonly AskedOperation[],
  accept: (outcomes: readonly EditOutcome[]) => void = () => undefined,
): Promise<EditedUsage> {
  const { caller, orderId, now, ifMatch, newId } = edit;
  const touched = asked.flatMap((operation) => (operation.do === 'ADD' ? [] : [operation.lineId]));
  const added = asked.map((operation) => (operation.do === 'ADD' ? operation.entry.usagePeriod : undefined));
  let seen: readonly (UsageLine | undefined)[] | undefined;

  const decide = async () => {
    const order = await ownOrder(portal, caller, 'reportUsage', orderId);
    refuseOtherVersion(order.version, ifMatch);
    const carried = touched.length === 0 || isAdjusted(order) ? [] : order.held.arrearsPeriods;
    const reportable = await reportableOrder(portal, order, [...added, ...carried], now);
    refuseUnreportable(order, reportable.facts.family);
    const current = linesNamed(reportable.lines, touched);
    if (seen && !isDeepStrictEqual(seen, current)) throw changedMeanwhile('A line of the order');
    seen = current;

    const { lines, outcomes } = edited(inView(caller, reportable), namedInView(caller, reportable, asked), edit);
    refuseOutsideView(caller, order.contractId, outcomes);
    accept(outcomes);
    const { order: after, changes } = await changedLines(portal, order, {
      before: reportable.lines,
      after: lines,
      tiers: reportable.tiers,
      newSet: newId(),
    });
    const reason = summaryOf(order.usagePeriod, reportable.lines, lines);
    if (reason === undefined) return { changes: [], result: { order, outcomes } };
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: 'editUsage', reason };
    return {
      changes: [
        ...orderChanged(portal, order, after, move),
        ...changes,
        ...lateMonthsUnchanged(portal, reportable, lines),
      ],
      result: { order: { ...after, version: order.version + 1 }, outcomes },
    };
  };
  return committed(portal, 'The order', decide);
}

/**
 * Does a single operation, or tells what is wrong with it.
 * @throws PortalError as editUsage; NOT_FOUND for a line that there isn't; USAGE_LINE_EXISTS; BAD_REQUEST naming the fields
 */
export async function editLine(
  portal: EditPortal,
  edit: UsageEdit,
  asked: AskedOperation,
  nameOf: (fault: LineFault) => string,
): Promise<{ order: BillingOrder; counted: CountedLine | undefined }> {
  const { order, outcomes } = await editUsage(portal, edit, [asked], ([outcome]) => {
    if (outcome && !outcome.ok) throw refusalOf(outcome.faults, nameOf);
  });
  const [outcome] = outcomes;
  return { order, counted: outcome?.ok ? outcome.counted : undefined };
}

/** The code that refuses an operation for what is wrong with it. */
export function codeOf(faults: readonly LineFault[]): 'NOT_FOUND' | 'USAGE_LINE_EXISTS' | 'BAD_REQUEST' {
  const [first] = faults;
  if (first?.kind === 'UNKNOWN') return 'NOT_FOUND';
  return first?.kind === 'EXISTS' ? 'USAGE_LINE_EXISTS' : 'BAD_REQUEST';
}

function refusalOf(faults: readonly LineFault[], nameOf: (fault: LineFault) => string): PortalError {
  const code = codeOf(faults);
  const errors = faults.map((fault): FieldError => ({ field: nameOf(fault), message: fault.message }));
  if (code === 'BAD_REQUEST') {
    return new PortalError(
      code,
      `Nothing was changed: ${errors.map((e) => `${e.field} ${e.message}`).join('; ')}`,
      errors,
    );
  }
  return new PortalError(code, `Nothing was changed: ${faults[0]?.message}`);
}

/**
 * Refuses a batch of which anything is refused.
 * @throws PortalError BAD_REQUEST naming every operation and field
 */
export function refuseAny(outcomes: readonly EditOutcome[], nameOf: (at: number, fault: LineFault) => string): void {
  const errors = outcomes.flatMap((outcome, at) =>
    outcome.ok ? [] : outcome.faults.map((fault): FieldError => ({ field: nameOf(at, fault), message: fault.message })),
  );
  const [first] = errors;
  if (!first) return;
  const more = errors.length === 1 ? '' : `, and ${errors.length - 1} more`;
  throw new PortalError('BAD_REQUEST', `Nothing was changed: ${first.field} ${first.message}${more}`, errors);
}

/** Usage goes to sites that the caller sees; of others it is told nothing. */
function inView({ view }: Caller, reportable: ReportableOrder): ReportableOrder {
  if (!view) return reportable;
  const { order, facts } = reportable;
  const open = [...facts.sites.open].filter(([, { id }]) => seesSite(view, order.contractId, id));
  return { ...reportable, facts: { ...facts, sites: { ...facts.sites, open: new Map(open) } } };
}

/** Of lines that a work group doesn't show there are none. */
function namedInView(
  { view }: Caller,
  { order, lines }: ReportableOrder,
  asked: readonly AskedOperation[],
): readonly AskedOperation[] {
  if (!view) return asked;
  const hidden = new Set(lines.filter((line) => !seesLine(view, order.contractId, line)).map(({ id }) => id));
  return asked.map((each) =>
    each.do !== 'ADD' && hidden.has(each.lineId) ? { ...each, lineId: 'not in view' } : each,
  );
}

function refuseOutsideView({ view }: Caller, contractId: string, outcomes: readonly EditOutcome[]): void {
  const isOutside = outcomes.some((each) => each.ok && each.counted && !seesLine(view, contractId, each.counted.line));
  if (isOutside) throw new PortalError('NOT_ALLOWED', 'Your work group sees other usage sites and end customers alone');
}

function linesNamed(lines: readonly UsageLine[], ids: readonly string[]): (UsageLine | undefined)[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return ids.map((id) => byId.get(id));
}

function edited(
  { facts, lines, billed, tiers }: ReportableOrder,
  asked: readonly AskedOperation[],
  { caller, now, newId }: UsageEdit,
): { lines: UsageLine[]; outcomes: EditOutcome[] } {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const checked = asked.map((operation) =>
    checkedOperation(facts, operation, {
      newId,
      before: operation.do === 'ADD' ? undefined : byId.get(operation.lineId),
    }),
  );
  const context = { userId: caller.userId, time: now.toISOString(), billed };
  const operations = checked.flatMap((each) => (each.ok ? [each.operation] : []));
  const result = editLines(context, lines, operations);
  const counts = countsByLine(result.lines, tiers);
  const done = result.outcomes[Symbol.iterator]();
  return {
    lines: result.lines,
    outcomes: checked.map((each) => (each.ok ? outcomeOf(done.next().value as LineOutcome, counts) : each)),
  };
}

function outcomeOf(outcome: LineOutcome, counts: ReadonlyMap<string, LineCount>): EditOutcome {
  if (!outcome.ok) return { ok: false, faults: [outcome.fault] };
  const { line } = outcome;
  // A later operation of the same batch may have taken the line away.
  return { ok: true, counted: line && { line, points: counts.get(line.id)?.points ?? (0n as Points) } };
}

type CheckedOperation = { ok: true; operation: LineOperation } | { ok: false; faults: readonly LineFault[] };

function checkedOperation(
  facts: EntryFacts,
  asked: AskedOperation,
  { newId, before }: { newId: () => string; before: UsageLine | undefined },
): CheckedOperation {
  if (asked.do === 'DELETE') return { ok: true, operation: asked };
  if (asked.do === 'ADD') {
    const { entry: text, ...said } = asked;
    const entry = checkEntry(facts, text);
    if (!entry.ok) return entry;
    return { ok: true, operation: { ...said, id: newId(), origin: 'API', entry: entry.value } };
  }
  const { quantity: text, site: named, ...rest } = asked;
  const quantity = text === undefined ? undefined : checkNewQuantity(facts, text, before);
  const site = named === undefined ? undefined : checkSite(facts, named);
  const faults = [quantity, site].flatMap((each) => (each && !each.ok ? each.faults : []));
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    operation: {
      ...rest,
      ...(quantity?.ok && { quantity: quantity.value }),
      ...(site?.ok && site.value && { site: site.value }),
    },
  };
}
