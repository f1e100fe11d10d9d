import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { StatementSchema } from '../../lambdas/documents/statement.ts';
import { documentNumber, type Series } from '../../lambdas/domain/invoice/numbering.ts';
import { addDecimals, parseDecimal } from '../../lambdas/domain/numbers/decimal.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { StoredState } from './stored-state.ts';
import type { SentMail } from './world.ts';

/** What is left of a close: stored items, documents, and what went out. */
export type EndState = {
  stored: StoredState;
  documents: ReadonlyMap<string, Uint8Array>;
  mails: readonly SentMail[];
  events: readonly PortalEvent[];
};

/** What the close was to bill, and what may have happened to its mails. */
export type Expected = {
  /** Orders that can't be billed, by id. */
  unbillable: readonly string[];
  /** How many mails may have gone out a second time. */
  mailCopies: number;
  /** Usage that must be there, by contract and month; not looked at when absent. */
  usage?: ReadonlyMap<string, string>;
};

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
    ...checkStatements(end),
    ...checkMails(end, expected),
    ...checkEvents(end),
    ...checkRuns(end, expected),
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

/**
 * Each invoice stands on one statement and one consolidated bill, and each of those was mailed; what another party has billed
 * stands on the bill alone.
 */
function checkStatements({ stored, documents, mails }: EndState): string[] {
  const found: string[] = [];
  const onStatements: string[] = [];
  const onBills: string[] = [];
  const mailed = new Set(mails.map((mail) => mail.reference));
  for (const { kind, key, hashes, reference } of stored.partyDocuments) {
    const json = documents.get(`${key}.json`);
    if (!json || hashOf(json) !== hashes.json) {
      found.push(`${key}.json is not what was settled`);
      continue;
    }
    const text = new TextDecoder().decode(json);
    if (!mailed.has(reference)) found.push(`${reference} was settled but never mailed`);
    if (kind === 'STATEMENT') {
      onStatements.push(...StatementSchema.parse(JSON.parse(text)).entries.map((entry) => entry.number));
    } else {
      const { contracts } = JSON.parse(text) as { contracts: { contractNumber: string; usagePeriod: string }[] };
      onBills.push(...contracts.map((contract) => `${contract.contractNumber} of ${contract.usagePeriod}`));
    }
  }
  const numbers = stored.invoices.map((invoice) => invoice.number);
  const external = stored.orders.filter(({ billed }) => billed?.outcome === 'EXTERNAL');
  const contracts = [...stored.invoices, ...external].map((each) => `${each.contractNumber} of ${each.usagePeriod}`);
  return [
    ...found,
    ...doubles(onStatements).map((number) => `${number} stands on two statements`),
    ...without(numbers, onStatements).map((number) => `${number} stands on no statement`),
    ...doubles(onBills).map((contract) => `contract ${contract} stands on two consolidated bills`),
    ...without(contracts, onBills).map((contract) => `contract ${contract} stands on no consolidated bill`),
  ];
}

/** One message for each party and run; a copy only where an answer was lost, and then the same. */
function checkMails({ mails }: EndState, { mailCopies }: Expected): string[] {
  const found: string[] = [];
  for (const [reference, copies] of groupBy(mails, (mail) => mail.reference)) {
    const [first] = copies;
    if (copies.some((copy) => !isDeepStrictEqual(copy, first))) found.push(`copies of mail ${reference} differ`);
  }
  const extra = mails.length - new Set(mails.map((mail) => mail.reference)).size;
  if (extra > mailCopies) found.push(`${extra} mails went out a second time, for ${mailCopies} losses that allow it`);
  return found;
}

/** Every invoice was announced, under one id and with one content, and nothing else was. */
function checkEvents({ stored, events }: EndState): string[] {
  const found = stored.waitingEvents.map((event) => `event ${event.id} still waits`);
  for (const [id, copies] of groupBy(events, (event) => event.id)) {
    if (copies.some((copy) => !isDeepStrictEqual(copy, copies[0]))) found.push(`copies of event ${id} differ`);
  }
  const announced = events
    .filter((event) => event.type === 'InvoiceIssued')
    .map((event) => String(event.detail.number));
  const closed = events.filter((event) => event.type === 'PeriodClosed').map((event) => String(event.detail.run));
  const numbers = stored.invoices.map((invoice) => invoice.number);
  const ended = stored.runs.filter((run) => run.status === 'SUCCEEDED' && !run.dryRun).map((run) => run.name);
  return [
    ...found,
    ...without(numbers, announced).map((number) => `${number} was never announced`),
    ...without(announced, numbers).map((number) => `${number} was announced but is no invoice`),
    ...without(ended, closed).map((run) => `the end of run ${run} was never announced`),
    ...without(closed, ended).map((run) => `the end of run ${run} was announced but it did not succeed`),
  ];
}

/** No run is left running, every one that succeeded has its report, and what failed is told. */
function checkRuns({ stored, documents }: EndState, { unbillable }: Expected): string[] {
  const found: string[] = [];
  for (const run of stored.runs) {
    if (run.status === 'RUNNING') found.push(`run ${run.name} is still running`);
    if (run.status === 'SUCCEEDED' && !documents.has(`reports/${run.period}/${run.name}.json`)) {
      found.push(`the report of run ${run.name} was not stored`);
    }
  }
  for (const close of stored.closes) {
    const last = stored.runs.find((run) => run.name === `${close.period}-${close.currentRun}`);
    const failed = (last?.report?.failed ?? []).map((aside) => aside.orderId).sort();
    const due = stored.orders
      .filter((o) => o.usagePeriod <= close.period && unbillable.includes(o.id))
      .map((o) => o.id);
    if (!isDeepStrictEqual(failed, due.sort())) found.push(`run ${last?.name} tells of ${failed}, not of ${due}`);
    const state = due.length === 0 ? 'COMPLETE' : 'INCOMPLETE';
    if (close.state !== state) found.push(`the close of ${close.period} is ${close.state}, not ${state}`);
  }
  return found;
}

function groupBy<Entry>(entries: readonly Entry[], by: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(by(entry));
    if (group) group.push(entry);
    else groups.set(by(entry), [entry]);
  }
  return groups;
}

const SCALE = 12;
const isSameAmount = (a: string, b: string): boolean => parseDecimal(a, SCALE) === parseDecimal(b, SCALE);

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function doubles(texts: readonly string[]): string[] {
  return [...groupBy(texts, (text) => text)].filter(([, copies]) => copies.length > 1).map(([text]) => text);
}

function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return texts.filter((text) => !known.has(text));
}
