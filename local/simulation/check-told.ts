import { isDeepStrictEqual } from 'node:util';
import { StatementSchema } from '../../lambdas/documents/statement.ts';
import { doubles, type EndState, type Expected, groupBy, hashOf, without } from './end-state.ts';

/** Whether everybody was told of what a close has done, once: statements, mails, events and the reports of its runs. */
export function checkTold(end: EndState, expected: Expected): string[] {
  return [...checkStatements(end), ...checkMails(end, expected), ...checkEvents(end), ...checkRuns(end, expected)];
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
