import type { Quantity } from '../numbers/amounts.ts';
import type { Entry, EntryField, LineFault } from './check-entry.ts';
import { type LineIndex, lineIndex } from './line-key.ts';
import type { EditReason, LineEdit, LineOrigin, UsageLine } from './usage-line.ts';

/** What a person says of a change: a reason where it has to be given, a comment where there is something to say. */
type Said = { reason?: EditReason | undefined; comment?: string | undefined };

/** What is done to the lines of an order. */
export type LineOperation =
  | ({ do: 'ADD'; id: string; entry: Entry; origin: LineOrigin } & Said)
  | ({ do: 'CHANGE'; lineId: string; quantity?: Quantity | undefined; site?: Entry['site'] } & Said)
  | ({ do: 'DELETE'; lineId: string } & Said);

export type EditContext = {
  /** Who changes the lines, and when. */
  userId: string;
  time: string;
  /** Of an adjustment: the lines that were billed, by id. Every change of an adjustment has a reason. */
  billed?: ReadonlyMap<string, UsageLine> | undefined;
};

/** What came of an operation: the line as it is now, undefined where it is gone. */
export type LineOutcome = { ok: true; line: UsageLine | undefined } | { ok: false; fault: LineFault };

/** Most lines of an order. */
export const MOST_LINES = 100_000;

/**
 * Does operations on an order's lines, one after the other; what is refused changes nothing (domain.md §5).
 *
 * What a feed has filled in, and what was billed, is never lost: it is changed with a reason and what stood there first is
 * kept, deleting it makes it zero, and who puts it back as it was has changed nothing.
 *
 * @param lines all of the order, in any order
 * @returns all lines as they become, and what came of each operation
 */
export function editLines(
  context: EditContext,
  lines: readonly UsageLine[],
  operations: readonly LineOperation[],
): { lines: UsageLine[]; outcomes: LineOutcome[] } {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const index = lineIndex(lines);
  const outcomes = operations.map((operation): LineOutcome => {
    const before = operation.do === 'ADD' ? undefined : byId.get(operation.lineId);
    const outcome =
      operation.do === 'ADD' ? added(context, index, operation) : edited(context, index, before, operation);
    if (!outcome.ok) return outcome;
    if (outcome.line && !before && byId.size >= MOST_LINES)
      return refused('line', `an order has at most ${MOST_LINES} lines`);
    if (before) {
      index.remove(before);
      byId.delete(before.id);
    }
    if (outcome.line) {
      index.put(outcome.line);
      byId.set(outcome.line.id, outcome.line);
    }
    return outcome;
  });
  return { lines: [...byId.values()], outcomes };
}

const refused = (field: EntryField, message: string, kind: LineFault['kind'] = 'INVALID'): LineOutcome => ({
  ok: false,
  fault: { kind, field, message },
});

const done = (line: UsageLine | undefined): LineOutcome => ({ ok: true, line });

type Adding = Extract<LineOperation, { do: 'ADD' }>;
type Editing = Exclude<LineOperation, Adding>;

function added(context: EditContext, index: LineIndex, { id, entry, origin, ...said }: Adding): LineOutcome {
  const { usagePeriod, product, site, customerNumber, quantity } = entry;
  const line: UsageLine = {
    id,
    usagePeriod,
    ...(site && { siteId: site.id }),
    siteName: site?.name ?? '',
    productCode: product.code,
    productName: product.name,
    customerNumber,
    uom: product.uom,
    quantity,
    pointsPerUnit: product.pointsPerUnit,
    ...(product.minQuantity !== undefined && { minQuantity: product.minQuantity }),
    inMinCommit: true,
    origin,
    ...(said.comment !== undefined && { comment: said.comment }),
  };
  const [other] = index.sameAs(line);
  if (other) return second(other);
  if (!context.billed) return done(line);
  return withEdit(context, line, said, undefined);
}

const second = ({ id }: UsageLine): LineOutcome =>
  refused('line', `there is a line of that product and site already (${id}): change that one`, 'EXISTS');

function edited(
  context: EditContext,
  index: LineIndex,
  before: UsageLine | undefined,
  operation: Editing,
): LineOutcome {
  if (!before) return refused('line', `there is no line ${operation.lineId} in the order`, 'UNKNOWN');
  const basis = basisOf(context, before);
  if (operation.do === 'DELETE') {
    if (!basis) return done(undefined);
    return changed(context, before, { ...before, quantity: 0n as Quantity }, operation, basis);
  }
  const { quantity = before.quantity, site, comment } = operation;
  const moved = site && site.id !== before.siteId && { siteId: site.id, siteName: site.name };
  if (moved && before.prefilled !== undefined) {
    const message =
      'stays where the feed has put it: change its quantity to 0 for WRONG_SITE and add a line of the right one';
    return refused('site', message);
  }
  const after: UsageLine = { ...before, quantity, ...moved, ...(comment !== undefined && { comment }) };
  const other = moved ? index.sameAs(after).find(({ id }) => id !== before.id) : undefined;
  if (other) return second(other);
  return changed(context, before, after, operation, basis);
}

/** What a line stands for beside what a person makes of it: what was billed, or what a feed said last. */
function basisOf({ billed }: EditContext, line: UsageLine): UsageLine | undefined {
  if (billed) return billed.get(line.id);
  if (line.prefilled === undefined) return undefined;
  const { edit: _edit, ...told } = line;
  return { ...told, quantity: line.prefilled };
}

const isSame = (a: UsageLine, b: UsageLine): boolean =>
  a.quantity === b.quantity && a.siteId === b.siteId && a.siteName === b.siteName;

function changed(
  context: EditContext,
  before: UsageLine,
  after: UsageLine,
  said: Said,
  basis: UsageLine | undefined,
): LineOutcome {
  if (basis && isSame(after, basis))
    return done({ ...basis, ...(said.comment !== undefined && { comment: said.comment }) });
  if (isSame(after, before)) return done(after);
  if (!basis && !context.billed) return done(after);
  const original = context.billed ? basis && shownOf(basis) : (before.edit?.original ?? shownOf(before));
  return withEdit(context, after, said, original);
}

const shownOf = ({ quantity, siteName, customerNumber }: UsageLine) => ({ quantity, siteName, customerNumber });

function withEdit(
  { userId, time }: EditContext,
  line: UsageLine,
  { reason, comment }: Said,
  original: LineEdit['original'],
): LineOutcome {
  if (reason === undefined) return refused('reason', 'is needed: say why this is changed');
  if (reason === 'OTHER' && !comment?.trim()) return refused('comment', 'is needed with the reason OTHER');
  return done({ ...line, edit: { reason, userId, time, ...(original && { original }) } });
}
