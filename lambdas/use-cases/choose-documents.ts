import { periodsFromTo } from '../domain/calendar/period.ts';
import type { DocumentExport, ExportKind, ExportRequest } from '../domain/document-export/document-export.ts';
import type { InvoiceKind } from '../domain/invoice/invoice.ts';
import type { Organization, OrganizationType } from '../domain/organization/organization.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { invoiceKey } from './documents.ts';
import type { ExportedDocument } from './export-files.ts';
import { inParallel } from './in-parallel.ts';
import { documentsOfPeriod, periodDocumentKey } from './period-documents.ts';
import type { InvoiceRow } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';

export type ChoosePortal = Pick<Portal, 'invoices' | 'organizations' | 'partyDocuments'>;

const PARTIES_AT_ONCE = 16;
const INVOICE_KINDS: ReadonlySet<ExportKind> = new Set(['ORDER', 'PREPAYMENT', 'CREDIT_NOTE']);

/** What an organization has asked to have, in the order of period, kind and name. Invoices are found in an index, which may lag. */
export async function chooseDocuments(
  portal: ChoosePortal,
  organization: Organization,
  { request }: Pick<DocumentExport, 'request'>,
): Promise<ExportedDocument[]> {
  const wants = (kinds: ReadonlySet<ExportKind>) => request.kinds.some((kind) => kinds.has(kind));
  const invoices = wants(INVOICE_KINDS) ? await invoicesFor(portal, organization, request) : [];
  const settled = await Promise.all([
    settledFor(portal, organization, request, { kind: 'STATEMENT', type: 'AGGREGATOR', id: request.aggregatorId }),
    settledFor(portal, organization, request, {
      kind: 'CONSOLIDATED_BILL',
      type: 'SERVICE_PROVIDER',
      id: request.serviceProviderId,
    }),
  ]);
  const placeOf = ({ usagePeriod, kind, name }: ExportedDocument) => `${usagePeriod} ${kind} ${name}`;
  return [...invoices, ...settled.flat()].sort((a, b) => compareCodePoints(placeOf(a), placeOf(b)));
}

async function invoicesFor(
  portal: ChoosePortal,
  { id, type }: Organization,
  request: ExportRequest,
): Promise<ExportedDocument[]> {
  const periods = periodsFromTo(request.from, request.to);
  const rows =
    type === 'VENDOR'
      ? (await inParallel(periods, 4, (of) => portal.invoices.ofPeriod(of))).flat()
      : (await portal.invoices.ofAggregator(id)).filter(({ usagePeriod }) => periods.includes(usagePeriod));
  return rows
    .filter((row) => isWanted(row, request))
    .map((row): ExportedDocument => {
      const { number: name, kind, usagePeriod, contractNumber } = row;
      return { name, kind: kind as ExportKind, usagePeriod, contractNumber, key: invoiceKey(row) };
    });
}

function isWanted(row: InvoiceRow, { kinds, aggregatorId, serviceProviderId }: ExportRequest): boolean {
  if (!(kinds as readonly InvoiceKind[]).includes(row.kind)) return false;
  if (aggregatorId !== undefined && row.aggregatorId !== aggregatorId) return false;
  return serviceProviderId === undefined || row.serviceProviderId === serviceProviderId;
}

/** Statements or bills of months, of the organization itself or, for the vendor, of all there are. */
async function settledFor(
  portal: ChoosePortal,
  organization: Organization,
  request: ExportRequest,
  { kind, type, id }: { kind: 'STATEMENT' | 'CONSOLIDATED_BILL'; type: OrganizationType; id: string | undefined },
): Promise<ExportedDocument[]> {
  if (!request.kinds.includes(kind)) return [];
  const parties = await partiesFor(portal, organization, type);
  const wanted = parties.filter((party) => id === undefined || party.id === id);
  const found = await inParallel(wanted, PARTIES_AT_ONCE, async ({ id: recipientId, prmId }) => {
    const all = (await portal.partyDocuments.of(recipientId)).filter((document) => document.kind === kind);
    return periodsFromTo(request.from, request.to).flatMap((usagePeriod): ExportedDocument[] => {
      const documents = documentsOfPeriod(all, usagePeriod);
      if (documents.length === 0) return [];
      const key = periodDocumentKey(usagePeriod, documents);
      const sha256 = documents.find((document) => document.key === key)?.hashes;
      return [{ name: `${usagePeriod}/${prmId}`, kind, usagePeriod, key, ...(sha256 && { sha256 }) }];
    });
  });
  return found.flat();
}

async function partiesFor(portal: ChoosePortal, organization: Organization, type: OrganizationType) {
  if (organization.type === type) return [organization];
  if (organization.type !== 'VENDOR') return [];
  return (await portal.organizations.rows()).filter((row) => row.type === type);
}
