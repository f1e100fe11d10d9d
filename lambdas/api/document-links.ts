import type { Period } from '../domain/calendar/period.ts';
import type { BillForm, InvoiceForm } from '../domain/invoice/document-forms.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import { linkInvoice, linkPeriodDocument } from '../use-cases/link-document.ts';
import type { PartyDocument } from '../use-cases/ports/party-documents.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { aggregator, type OwnerRequest, provider } from './bill-owner.ts';

type OfInvoice = { caller: Caller; params: { number: string; ext: InvoiceForm }; now: Date };
type OfMonth = OwnerRequest<{ period: Period; ext: BillForm }>;

const getInvoice = async (portal: Portal, { caller, params, now }: OfInvoice) => ({
  body: await linkInvoice(portal, caller, params.number, params.ext, now),
});

const ofMonth = (owner: typeof provider, kind: PartyDocument['kind']) => async (portal: Portal, request: OfMonth) => {
  const { period, ext } = request.params;
  const organizationId = await owner(portal, request);
  return { body: await linkPeriodDocument(portal, { organizationId, kind, period }, ext, request.now) };
};
const getBill = ofMonth(provider, 'CONSOLIDATED_BILL');
const getStatement = ofMonth(aggregator, 'STATEMENT');

/** Links to documents, which are made now where they aren't stored. */
export const documentLinks = {
  getAggregatorInvoiceDocument: getInvoice,
  getVendorInvoiceDocument: getInvoice,
  getProviderMonthlyBillDocument: getBill,
  getAggregatorMonthlyStatementDocument: getStatement,
  getVendorMonthlyBillDocument: getBill,
  getVendorMonthlyStatementDocument: getStatement,
} satisfies Partial<ResourceOf<'invoicesApi'>>;
