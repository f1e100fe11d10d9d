import { type CanonicalInvoice, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { renderConsolidatedBillCsv } from '../documents/consolidated-bill-csv.ts';
import type { ConsolidatedBill, Statement, StatementEntry } from '../documents/statement.ts';
import { renderStatementCsv } from '../documents/statement-csv.ts';
import { addPoints } from '../domain/numbers/amounts.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import type { Organization } from '../domain/organization/organization.ts';
import { getExisting, parseJson } from './bytes.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';
import { type Forms, putForms } from './put-forms.ts';
import { type PartyFile, PartyFileSchema, type RunParty, runFiles } from './run-files.ts';
import type { BatchResult } from './set-aside.ts';
import { negated } from './write-invoice.ts';

export type SettlePortal = Pick<Portal, 'organizations' | 'documents' | 'workFiles' | 'partyDocuments' | 'pdf'>;

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
    totals: totalsOf(file.entries),
    setAside: file.failed.map(({ contractNumber, serviceProvider, usagePeriod, code, reason }) => ({
      contractNumber,
      serviceProvider,
      usagePeriod,
      code,
      reason,
    })),
  };
  const key = `statements/${party.period}/${aggregator.id}/${party.run}`;
  const pdf = await portal.pdf.statement(statement);
  const forms = { json: statement, pdf, csv: renderStatementCsv(statement) };
  await store(portal, file, 'STATEMENT', key, statement.reference, forms);
}

async function settleServiceProvider(portal: SettlePortal, file: PartyFile): Promise<void> {
  const { party } = file;
  const provider = await portal.organizations.get(party.id);
  if (!provider) throw new TerminalError(`service provider ${party.id} does not exist`);
  const invoices = await inParallel(file.entries, READS_AT_ONCE, async ({ key }) =>
    parseJson(CanonicalInvoiceSchema, await getExisting(portal.documents, `${key}.json`)),
  );
  const contracts = invoices.map(billedContract);
  const bill: ConsolidatedBill = {
    schema: 'commerce-portal/consolidated-bill/1',
    reference: referenceOf(party, provider),
    period: party.period,
    billDate: party.invoiceDate,
    serviceProvider: partyOf(provider),
    contracts,
    totalPoints: contracts.reduce((sum, contract) => addPoints(sum, contract.total), '0'),
  };
  const key = `bills/${party.period}/${provider.id}/${party.run}`;
  const pdf = await portal.pdf.consolidatedBill(bill);
  const forms = { json: bill, pdf, csv: renderConsolidatedBillCsv(bill) };
  await store(portal, file, 'CONSOLIDATED_BILL', key, bill.reference, forms);
}

async function store(
  portal: SettlePortal,
  { party }: PartyFile,
  kind: PartyDocument['kind'],
  key: string,
  reference: string,
  forms: Forms,
): Promise<void> {
  const hashes = await putForms(portal.documents, key, forms);
  const { id: recipientId, period, run } = party;
  await portal.partyDocuments.settled({ kind, recipientId, period, run, reference, key, hashes });
}

/** Names a party's document and messages of a run: the same however often they are made. */
export function referenceOf({ run }: RunParty, { prmId }: Pick<Organization, 'prmId'>): string {
  return `${run}/${prmId}`;
}

function partyOf({ name, prmId, address }: Organization) {
  return { name, number: prmId, address: [...address] };
}

function totalsOf(entries: readonly StatementEntry[]): Statement['totals'] {
  const totals = new Map<string, Statement['totals'][number]>();
  for (const { currency, points, net, tax, gross } of entries) {
    const total = totals.get(currency) ?? { currency, documents: '0', points: '0', net: '0', tax: '0', gross: '0' };
    totals.set(currency, {
      currency,
      documents: addDecimals(total.documents, '1'),
      points: addPoints(total.points, points),
      net: addDecimals(total.net, net),
      tax: addDecimals(total.tax, tax),
      gross: addDecimals(total.gross, gross),
    });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** A contract as its service provider sees it: points, no prices (domain.md §7, §8). */
function billedContract(invoice: CanonicalInvoice): ConsolidatedBill['contracts'][number] {
  const takesBack = invoice.corrects !== undefined;
  // The summary of a credit note is printed as it was: here its figures are added up.
  const signed = (figure: string) => (takesBack ? negated(figure) : figure);
  const { minimumCommit, reported, overage, underage, total } = invoice.commit;
  return {
    contractNumber: invoice.contract.number,
    aggregator: invoice.aggregator.name,
    skuCode: invoice.contract.skuCode,
    usagePeriod: invoice.usagePeriod,
    ...(takesBack && { takesBack }),
    lines: invoice.lines
      .filter((line) => BILL_LINES.has(line.kind))
      .map(
        ({ siteName, productCode, description, customerNumber, uom, quantity, points, inMinCommit, usagePeriod }) => ({
          siteName,
          productCode,
          description,
          customerNumber,
          uom,
          ...(quantity !== undefined && { quantity }),
          points,
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

const BILL_LINES: ReadonlySet<string> = new Set(['USAGE', 'UNDERAGE', 'CORRECTION']);
