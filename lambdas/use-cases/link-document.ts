import type { Period } from '../domain/calendar/period.ts';
import { type BillForm, FILE_ENDINGS, type InvoiceForm, isRendered } from '../domain/invoice/document-forms.ts';
import type { Caller } from './caller.ts';
import { invoiceKey } from './documents.ts';
import { PortalError } from './errors.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';
import { findInvoice } from './read-invoices.ts';
import { findPeriodDocument } from './read-period-documents.ts';
import { renderBill, renderInvoice } from './render-document.ts';

type Link = { url: string; expires: string };

/**
 * A link to an invoice or credit note in one of its forms, which is rendered now where it isn't stored.
 * @throws PortalError NOT_FOUND, also when it isn't the caller's; NOT_ALLOWED; E_INVOICE_NOT_POSSIBLE
 */
export async function linkInvoice(
  portal: Portal,
  caller: Caller,
  number: string,
  form: InvoiceForm,
  now: Date,
): Promise<Link> {
  const key = invoiceKey(await findInvoice(portal, caller, number));
  const fileName = `${number}.${FILE_ENDINGS[form]}`;
  if (!isRendered(form)) return portal.documents.link(`${key}.${form}`, fileName, now);
  const rendered = await renderInvoice(portal, key, form);
  if (rendered.ok) return portal.documents.link(rendered.key, fileName, now);
  const message = `There is no electronic invoice of ${number}: ${rendered.reason}. Take its PDF`;
  throw new PortalError('E_INVOICE_NOT_POSSIBLE', message);
}

/**
 * A link to a month's statement or consolidated bill in one of its forms.
 * @throws PortalError NOT_FOUND when nothing of it was billed; TRY_AGAIN in the moment in which a run is settling it;
 *   BAD_REQUEST when it is of too many documents to be rendered at once
 */
export async function linkPeriodDocument(
  portal: Portal,
  { organizationId, kind, period }: { organizationId: string; kind: PartyDocument['kind']; period: Period },
  form: BillForm,
  now: Date,
): Promise<Link> {
  const key = await findPeriodDocument(portal, organizationId, period);
  const fileName = `${kind === 'STATEMENT' ? 'statement' : 'bill'}-${period}.${FILE_ENDINGS[form]}`;
  if (!isRendered(form)) return portal.documents.link(`${key}.${form}`, fileName, now);
  const rendered = await renderBill(portal, { kind, key });
  if (rendered.ok) return portal.documents.link(rendered.key, fileName, now);
  throw new PortalError('BAD_REQUEST', `${rendered.reason}: ask for its invoices as an export`);
}
