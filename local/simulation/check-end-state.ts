import { isDeepStrictEqual } from 'node:util';
import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { documentNumber, type Series } from '../../lambdas/domain/invoice/numbering.ts';
import { addDecimals, parseDecimal } from '../../lambdas/domain/numbers/decimal.ts';
import { checkTold } from './check-told.ts';
import { doubles, type EndState, type Expected, groupBy, hashOf, without } from './end-state.ts';
import type { StoredState } from './stored-state.ts';

/** Everything that must hold when a close has ended, however it went (domain.md §6); answers what doesn't, as sentences. */
export function checkEndState(end: EndState, expected: Expected): string[] {
  return [
    ...checkContracts(end),
    ...checkOrders(end, expected),
    ...checkUsage(end, expected),
    ...checkNumbers(end),
    ...checkLedger(end),
    ...checkDocuments(end),
    ...checkPrepayments(end),
    ...checkAudit(end),
    ...checkTold(end, expected),
  ];
}

/** What was due on contracts is done, once and on its own day, and none is set aside any more. */
function checkContracts({ stored }: EndState): string[] {
  const done = stored.audit.filter(({ action }) => action === 'takeEffect');
  const open = stored.requests.filter(({ status }) => status !== 'COMPLETED');
  return [
    ...open.map(({ token, status }) => `request ${token} is ${status}`),
    ...doubles(done.map(({ subject, id }) => `${subject} ${id.slice(0, -'00000000'.length)}`)).map(
      (each) => `${each} acts twice`,
    ),
    ...done.flatMap(({ subject, reason }) => (reason ? [`${subject}: ${reason}`] : [])),
    ...stored.asideContracts.map(({ contractId, period }) => `contract ${contractId} is still set aside in ${period}`),
  ];
}

/** One valid invoice for each order that can be billed, and the order says which; those of open months are not touched. */
function checkOrders({ stored }: EndState, { unbillable }: Expected): string[] {
  const found: string[] = [];
  const invoices = groupBy(stored.invoices, (invoice) => invoice.source.id);
  const closed = new Set(stored.closes.map(({ period }) => period));
  for (const order of stored.orders) {
    if (!closed.has(order.usagePeriod)) {
      if (order.status !== 'NOT_OPEN')
        found.push(`order ${order.contractNumber} of ${order.usagePeriod} is ${order.status}`);
      continue;
    }
    const of = invoices.get(order.id) ?? [];
    const name = `order ${order.contractNumber}`;
    if (unbillable.includes(order.id)) {
      if (of.length > 0 || order.status === 'CLOSED') found.push(`${name} can't be billed but was`);
      continue;
    }
    if (order.status !== 'CLOSED') found.push(`${name} is ${order.status}`);
    if (order.sealedBy !== undefined) found.push(`${name} is closed but sealed`);
    const hasInvoice = order.billed?.outcome === 'INVOICED';
    if (of.length !== (hasInvoice ? 1 : 0)) found.push(`${name} has ${of.length} invoices: ${of.map((i) => i.number)}`);
    if (hasInvoice && of[0]?.number !== order.billed?.invoiceNumber) {
      found.push(`${name} names ${order.billed?.invoiceNumber} but ${of[0]?.number} bills it`);
    }
  }
  return found;
}

/** All usage of each month is there once, on its own order or as arrears on another. */
function checkUsage({ stored }: EndState, { usage }: Expected): string[] {
  if (!usage) return [];
  const found = usageByMonth(
    stored.orders.map((order) => ({ contractId: order.contractId, lines: linesThatCount(stored, order) })),
  );
  return [...usage].flatMap(([month, quantity]) => {
    const has = found.get(month) ?? '0';
    return isSameAmount(has, quantity) ? [] : [`usage of ${month} is ${has}, must be ${quantity}`];
  });
}

/** Quantities of usage lines by contract and month. */
export function usageByMonth(
  orders: readonly { contractId: string; lines: readonly { usagePeriod: string; quantity: string }[] }[],
): Map<string, string> {
  const sums = new Map<string, string>();
  for (const { contractId, lines } of orders) {
    for (const { usagePeriod, quantity } of lines) {
      const month = `${contractId} ${usagePeriod}`;
      sums.set(month, addDecimals(sums.get(month) ?? '0', quantity));
    }
  }
  return sums;
}

function linesThatCount({ lines }: StoredState, { id, lineSet }: StoredState['orders'][number]): StoredState['lines'] {
  return lines.filter((line) => line.orderId === id && line.lineSet === lineSet);
}

/** Every number of a series from 1 to its last is an invoice. */
function checkNumbers({ stored }: EndState): string[] {
  const reserved = stored.reservations.flatMap(({ series, first, count }) =>
    Array.from({ length: count }, (_, index) => documentNumber(series as Series, first + index)),
  );
  const issued = new Set(stored.invoices.map((invoice) => invoice.number));
  return [
    ...doubles(reserved).map((number) => `${number} was reserved twice`),
    ...reserved.filter((number) => !issued.has(number)).map((number) => `${number} is a gap`),
    ...[...issued].filter((number) => !reserved.includes(number)).map((number) => `${number} was never reserved`),
    ...stored.openReservations.map(({ run }) => `the reservation of ${run} is still open`),
  ];
}

/** The receivables ledger has each invoice once, over the same amount, and so every sum is the same. */
function checkLedger({ stored }: EndState): string[] {
  const row = (number: string, aggregatorId: string, currency: string, amount: string) =>
    [number, aggregatorId, currency, amount].join(' ');
  const invoices = stored.invoices.map((i) => row(i.number, i.aggregatorId, i.currency, i.gross));
  const ledger = stored.receivables.map((r) => row(r.number, r.aggregatorId, r.currency, r.amount));
  return [
    ...doubles(ledger).map((entry) => `receivable ${entry} stands twice`),
    ...without(invoices, ledger).map((entry) => `invoice ${entry} is not in the receivables`),
    ...without(ledger, invoices).map((entry) => `receivable ${entry} has no invoice`),
  ];
}

/** Documents are those that were hashed, over the same amount, and bill all the lines of their order. */
function checkDocuments({ stored, documents }: EndState): string[] {
  const found: string[] = [];
  const orders = new Map(stored.orders.map((order) => [order.id, order]));
  for (const invoice of stored.invoices) {
    const key = `invoices/${invoice.usagePeriod}/${invoice.aggregatorId}/${invoice.number}`;
    for (const form of ['json', 'pdf', 'csv'] as const) {
      const bytes = documents.get(`${key}.${form}`);
      if (!bytes || hashOf(bytes) !== invoice.hashes[form]) found.push(`${key}.${form} is not what was issued`);
    }
    const json = documents.get(`${key}.json`);
    if (!json) continue;
    const document = CanonicalInvoiceSchema.parse(JSON.parse(new TextDecoder().decode(json)));
    if (document.gross !== invoice.gross) found.push(`${key}.json is over ${document.gross}, not ${invoice.gross}`);
    const amounts = document.lines.reduce((sum, line) => addDecimals(sum, line.amount), '0');
    if (!isSameAmount(amounts, document.net)) {
      found.push(`the lines of ${invoice.number} add up to ${amounts}, not ${document.net}`);
    }
    const billed = document.lines.flatMap((line) => line.usageLineId ?? []).sort();
    const order = orders.get(invoice.source.id);
    const used = order
      ? linesThatCount(stored, order)
          .map((line) => line.id)
          .sort()
      : [];
    if (!isDeepStrictEqual(billed, used)) found.push(`${invoice.number} bills lines ${billed}, stored are ${used}`);
  }
  return found;
}

/** The entries of each prepayment ledger add up to its balance; an order draws once. */
function checkPrepayments({ stored }: EndState): string[] {
  const found: string[] = [];
  const entries = groupBy(stored.prepaymentEntries, (entry) => entry.contractId);
  for (const balance of stored.prepaymentBalances) {
    const of = entries.get(balance.contractId) ?? [];
    const sum = of.reduce((total, entry) => addDecimals(total, entry.points), '0');
    if (!isSameAmount(sum, balance.points)) {
      found.push(`prepayment of ${balance.contractId}: entries add up to ${sum}, balance ${balance.points}`);
    }
    if (of.length !== balance.sequence) found.push(`prepayment of ${balance.contractId} misses an entry`);
  }
  const sources = stored.prepaymentEntries.map(({ kind, source }) => `${kind} ${source.id} ${source.revision}`);
  found.push(...doubles(sources).map((source) => `prepayment entry ${source} stands twice`));
  const draws = new Set(sources);
  const prepaid = new Set(entries.keys());
  for (const invoice of stored.invoices.filter(({ contractId }) => prepaid.has(contractId))) {
    const { id, revision } = invoice.source;
    if (!draws.has(`DRAW ${id} ${revision}`)) found.push(`${invoice.number} has drawn nothing from its prepayment`);
  }
  return found;
}

/** One entry in the audit trail for each order that was closed. */
function checkAudit({ stored }: EndState): string[] {
  const closed = stored.orders.filter((order) => order.status === 'CLOSED').map((order) => `ORDER#${order.id}`);
  const told = stored.audit.filter((entry) => entry.action === 'close').map((entry) => entry.subject);
  return [
    ...doubles(told).map((subject) => `${subject} is closed twice in the audit trail`),
    ...without(closed, told).map((subject) => `the audit trail does not tell that ${subject} was closed`),
    ...without(told, closed).map((subject) => `the audit trail tells that ${subject} was closed`),
  ];
}

const SCALE = 12;
const isSameAmount = (a: string, b: string): boolean => parseDecimal(a, SCALE) === parseDecimal(b, SCALE);
