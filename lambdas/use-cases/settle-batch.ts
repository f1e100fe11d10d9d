import type * as z from 'zod';
import { type CanonicalDraft, type CanonicalInvoice, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import type { ConsolidatedBill, Statement } from '../documents/statement.ts';
import { billedPoints, statementTotals, totalAmountsOf } from '../documents/statement-sums.ts';
import { isPointsFamily } from '../domain/catalogue/family.ts';
import { COUNTED_KINDS } from '../domain/charging/charge.ts';
import type { Organization } from '../domain/organization/organization.ts';
import { getExisting, parseJson } from './bytes.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { putPeriodDocuments } from './period-documents.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';
import { type PartyFile, PartyFileSchema, RatedBatchSchema, type RunParty, runFiles } from './run-files.ts';
import type { BatchResult } from './set-aside.ts';
import { monthsOfBill, monthsOfStatement } from './settled-months.ts';
import { negated } from './write-invoice.ts';

export type SettlePortal = Pick<
  Portal,
  'organizations' | 'documents' | 'documentWriter' | 'workFiles' | 'partyDocuments'
>;

const READS_AT_ONCE = 16;

/**
 * Writes each aggregator's statement and each service provider's consolidated bill of a run, once (domain.md §6.7): what
 * a run has issued stands on that run's, under its own usage period.
 */
export async function settleBatch(portal: SettlePortal, batch: readonly RunParty[]): Promise<BatchResult> {
  for (const party of batch) {
    const file = await partyFileOf(portal, party);
    if (party.kind === 'AGGREGATOR') await settleAggregator(portal, file);
    else await settleServiceProvider(portal, file);
  }
  return { done: batch.length, failed: 0 };
}

/** What a run has issued to a party. */
async function partyFileOf(portal: Pick<Portal, 'workFiles'>, { run, id }: RunParty): Promise<PartyFile> {
  return parseJson(PartyFileSchema, await getExisting(portal.workFiles, runFiles.party(run, id)));
}

async function settleAggregator(portal: SettlePortal, file: PartyFile): Promise<void> {
  const { party } = file;
  const [vendor, aggregator] = await Promise.all([portal.organizations.vendor(), portal.organizations.get(party.id)]);
  if (!vendor || !aggregator) throw new TerminalError(`aggregator ${party.id} or the vendor does not exist`);
  const statement: Statement = {
    schema: 'commerce-portal/statement/1',
    reference: referenceOf(party, aggregator),
    period: party.period,
    statementDate: party.invoiceDate,
    vendor: partyOf(vendor),
    aggregator: partyOf(aggregator),
    entries: file.entries.map(({ key: _key, ...entry }) => entry),
    totals: statementTotals(file.entries),
    setAside: file.failed.map(({ contractNumber, serviceProvider, usagePeriod, code, reason }) => ({
      contractNumber,
      serviceProvider,
      usagePeriod,
      code,
      reason,
    })),
  };
  const key = `statements/${party.period}/${aggregator.id}/${party.run}`;
  await store(portal, file, {
    kind: 'STATEMENT',
    key,
    reference: statement.reference,
    hashes: await portal.documentWriter.statement(key, statement),
    months: monthsOfStatement(statement),
  });
}

async function settleServiceProvider(portal: SettlePortal, file: PartyFile): Promise<void> {
  const { party } = file;
  const provider = await portal.organizations.get(party.id);
  if (!provider) throw new TerminalError(`service provider ${party.id} does not exist`);
  const invoices = await inParallel(file.entries, READS_AT_ONCE, async ({ key }) =>
    parseJson(CanonicalInvoiceSchema, await getExisting(portal.documents, `${key}.json`)),
  );
  const contracts = [
    ...invoices.map((invoice) => billedContract(invoice, { number: invoice.number })),
    ...(await externalContracts(portal, file)),
  ];
  const bill: ConsolidatedBill = {
    schema: 'commerce-portal/consolidated-bill/1',
    reference: referenceOf(party, provider),
    period: party.period,
    billDate: party.invoiceDate,
    serviceProvider: partyOf(provider),
    contracts,
    totalPoints: billedPoints(contracts),
    ...totalAmountsOf(contracts),
  };
  const key = `bills/${party.period}/${provider.id}/${party.run}`;
  await store(portal, file, {
    kind: 'CONSOLIDATED_BILL',
    key,
    reference: bill.reference,
    hashes: await portal.documentWriter.consolidatedBill(key, bill),
    months: monthsOfBill(contracts),
  });
}

async function store(
  portal: SettlePortal,
  { party }: PartyFile,
  made: Pick<PartyDocument, 'kind' | 'key' | 'reference' | 'months' | 'hashes'>,
): Promise<void> {
  const { id: recipientId, period, run } = party;
  const document: PartyDocument = { ...made, recipientId, period, run };
  await portal.partyDocuments.settled(document);
  await putPeriodDocuments(portal, document);
}

/** Names a party's document and messages of a run: the same however often they are made. */
export function referenceOf({ run }: RunParty, { prmId }: Pick<Organization, 'prmId'>): string {
  return `${run}/${prmId}`;
}

function partyOf({ name, prmId, address }: Organization) {
  return { name, number: prmId, address: [...address] };
}

/** What another party has billed: from the drafts of the run, as it has no documents. */
async function externalContracts(
  portal: SettlePortal,
  { external }: PartyFile,
): Promise<ConsolidatedBill['contracts']> {
  const rated = new Map<string, Promise<z.infer<typeof RatedBatchSchema>>>();
  const ratedOf = (key: string) => {
    const batch =
      rated.get(key) ?? getExisting(portal.workFiles, key).then((bytes) => parseJson(RatedBatchSchema, bytes));
    rated.set(key, batch);
    return batch;
  };
  return inParallel(external, READS_AT_ONCE, async ({ orderId, rated: key, bills }) => {
    const draft = (await ratedOf(key)).drafts[orderId];
    if (!draft) throw new TerminalError(`order ${orderId} has no draft in ${key}`);
    return billedContract(draft, { bills });
  });
}

/** A contract as its service provider sees it: points without prices, or money of money families (domain.md §7, §8). */
function billedContract(
  invoice: CanonicalDraft | CanonicalInvoice,
  billedWith: Pick<ConsolidatedBill['contracts'][number], 'number' | 'bills'>,
): ConsolidatedBill['contracts'][number] {
  const takesBack = invoice.corrects !== undefined;
  // The summary of a credit note is printed as it was: here its figures are added up.
  const signed = (figure: string) => (takesBack ? negated(figure) : figure);
  const { minimumCommit, reported, overage, underage, total } = invoice.commit;
  return {
    contractNumber: invoice.contract.number,
    aggregator: invoice.aggregator.name,
    skuCode: invoice.contract.skuCode,
    usagePeriod: invoice.usagePeriod,
    ...billedWith,
    ...(takesBack && { takesBack }),
    ...(!isPointsFamily(invoice.contract.family) && { currency: invoice.currency }),
    lines: invoice.lines
      .map((line, index) => ({ ...line, position: String(index + 1) }))
      .filter((line) => COUNTED_KINDS.has(line.kind))
      .map(
        ({
          position,
          siteName,
          productCode,
          description,
          customerNumber,
          uom,
          quantity,
          points,
          price,
          inMinCommit,
          usagePeriod,
        }) => ({
          line: position,
          siteName,
          productCode,
          description,
          customerNumber,
          uom,
          ...(quantity !== undefined && { quantity }),
          points,
          ...(price && { price }),
          inMinCommit,
          ...(usagePeriod !== invoice.usagePeriod && { usagePeriod }),
        }),
      ),
    minimumCommit: signed(minimumCommit),
    reported: signed(reported),
    overage: signed(overage),
    underage: signed(underage),
    total: signed(total),
  };
}
