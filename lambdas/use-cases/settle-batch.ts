import { type CanonicalInvoice, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import type { CanonicalValue } from '../documents/canonical-json.ts';
import { renderConsolidatedBillCsv } from '../documents/consolidated-bill-csv.ts';
import type { ConsolidatedBill, Statement, StatementEntry } from '../documents/statement.ts';
import { renderStatementCsv } from '../documents/statement-csv.ts';
import type { Period } from '../domain/calendar/period.ts';
import { addPoints } from '../domain/numbers/amounts.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import type { Organization } from '../domain/organization/organization.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';
import type { BatchResult } from './rate-batch.ts';
import {
  jsonBytes,
  type PartyFile,
  PartyFileSchema,
  parseJson,
  type RunParty,
  runFiles,
  sha256,
  textBytes,
} from './run-files.ts';

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
  const bytes = await portal.workFiles.get(runFiles.party(run, id));
  if (!bytes) throw new TerminalError(`what run ${run} has issued to ${id} is missing`);
  return parseJson(PartyFileSchema, bytes);
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
  const forms = {
    json: statement,
    pdf: await portal.pdf.statement(statement),
    csv: renderStatementCsv(statement),
  };
  await store(portal, 'STATEMENT', `statements/${party.period}/${aggregator.id}/${party.run}`, file, forms);
}

async function settleServiceProvider(portal: SettlePortal, file: PartyFile): Promise<void> {
  const { party } = file;
  const provider = await portal.organizations.get(party.id);
  if (!provider) throw new TerminalError(`service provider ${party.id} does not exist`);
  const invoices = await inParallel(file.entries, READS_AT_ONCE, async ({ key }) => {
    const bytes = await portal.documents.get(`${key}.json`);
    if (!bytes) throw new TerminalError(`${key}.json is missing`);
    return parseJson(CanonicalInvoiceSchema, bytes);
  });
  const bill: ConsolidatedBill = {
    schema: 'commerce-portal/consolidated-bill/1',
    reference: referenceOf(party, provider),
    period: party.period,
    billDate: party.invoiceDate,
    serviceProvider: partyOf(provider),
    contracts: invoices.map(billedContract),
    totalPoints: invoices.reduce((sum, invoice) => addPoints(sum, invoice.commit.total), '0'),
  };
  const forms = {
    json: bill,
    pdf: await portal.pdf.consolidatedBill(bill),
    csv: renderConsolidatedBillCsv(bill),
  };
  await store(portal, 'CONSOLIDATED_BILL', `bills/${party.period}/${provider.id}/${party.run}`, file, forms);
}

type Forms = { json: Statement | ConsolidatedBill; pdf: Uint8Array; csv: string };

async function store(
  portal: SettlePortal,
  kind: PartyDocument['kind'],
  key: string,
  { party }: PartyFile,
  forms: Forms,
): Promise<void> {
  const json = jsonBytes(forms.json as CanonicalValue);
  const csv = textBytes(forms.csv);
  await Promise.all([
    portal.documents.putOnce(`${key}.json`, json, 'application/json'),
    portal.documents.putOnce(`${key}.pdf`, forms.pdf, 'application/pdf'),
    portal.documents.putOnce(`${key}.csv`, csv, 'text/csv; charset=utf-8'),
  ]);
  await portal.partyDocuments.settled({
    kind,
    recipientId: party.id,
    period: party.period as Period,
    run: party.run,
    reference: forms.json.reference,
    key,
    hashes: { json: sha256(json), pdf: sha256(forms.pdf), csv: sha256(csv) },
  });
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
  const { minimumCommit, reported, overage, underage, total } = invoice.commit;
  return {
    contractNumber: invoice.contract.number,
    aggregator: invoice.aggregator.name,
    skuCode: invoice.contract.skuCode,
    usagePeriod: invoice.usagePeriod,
    lines: invoice.lines
      .filter((line) => line.kind === 'USAGE' || line.kind === 'UNDERAGE')
      .map(({ siteName, productCode, description, customerNumber, uom, quantity, points, inMinCommit }) => ({
        siteName,
        productCode,
        description,
        customerNumber,
        uom,
        ...(quantity !== undefined && { quantity }),
        points,
        inMinCommit,
      })),
    minimumCommit,
    reported,
    overage,
    underage,
    total,
  };
}
