import { period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { EXAMPLE_MONTHLY_STATEMENT } from '../../lambdas/manifest/routes/bills/structures.ts';
import { EXAMPLE_INVOICE } from '../../lambdas/manifest/routes/invoice-example.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import { bearerFor } from './api-requests.ts';
import { ALL_ROLES, type ApiPortal } from './portal.ts';

const OCTOBER = period('2026-10');
const hashes = { json: 'a', pdf: 'b', csv: 'c' };

export function storedInvoice(number: string, over: Partial<StoredInvoice> = {}): StoredInvoice {
  return {
    number,
    kind: 'ORDER',
    source: { id: `O-${number}`, revision: 1 },
    usagePeriod: OCTOBER,
    invoiceDate: '2026-11-10',
    dueDate: '2026-12-10',
    aggregatorId: 'AGG-1',
    serviceProviderId: 'SP-1',
    contractId: `C-${number}`,
    contractNumber: '40000001',
    skuCode: 'VSPP3-1800-C',
    lineSet: '1',
    currency: 'USD',
    points: '1830',
    net: '1610.40',
    tax: '0.00',
    gross: '1610.40',
    hashes,
    ...over,
  };
}

export const finishedRun: CloseRun = {
  name: '2026-10-1',
  period: OCTOBER,
  run: 1,
  status: 'SUCCEEDED',
  invoiceDate: plainDate('2026-11-10'),
  dryRun: false,
  claimedTime: '2026-11-10T02:00:00.000Z',
  finishedTime: '2026-11-10T02:01:00.000Z',
  report: routes.getCloseReport.example.answer as never,
};

/** Stores an invoice with the canonical JSON of the first worked example. */
export async function addInvoice({ portal, documents }: ApiPortal, invoice: StoredInvoice): Promise<void> {
  await portal.units.commit(portal.invoices.issued(invoice));
  documents.set(`${invoiceKey(invoice)}.json`, JSON.stringify({ ...EXAMPLE_INVOICE, number: invoice.number }));
}

/** October, closed: two aggregators, two service providers, the vendor, and what run 2026-10-1 made for them. */
export async function billOctober(opened: ApiPortal): Promise<void> {
  const { portal, documents } = opened;
  await opened.addOrganization('VENDOR', 'VENDOR');
  for (const id of ['AGG-1', 'AGG-2']) await opened.addOrganization(id, 'AGGREGATOR');
  for (const id of ['SP-1', 'SP-2']) await opened.addOrganization(id, 'SERVICE_PROVIDER');
  await addInvoice(opened, storedInvoice('INV-2026-000001'));
  await addInvoice(opened, storedInvoice('INV-2026-000002', { gross: '99.9', contractNumber: '40000002' }));
  await addInvoice(opened, storedInvoice('INV-2026-000003', { aggregatorId: 'AGG-2', gross: '200' }));
  const { run: _run, ...bill } = routes.getConsolidatedBills.example.answer.content[0];
  const sums = [{ currency: 'USD', net: '1610.40', tax: '0.00', gross: '1610.40' }];
  for (const [kind, recipientId, content, totals] of [
    ['STATEMENT', 'AGG-1', EXAMPLE_MONTHLY_STATEMENT, sums],
    ['CONSOLIDATED_BILL', 'SP-1', bill, undefined],
  ] as const) {
    const key = `settled/2026-10/2026-10-1/${recipientId}`;
    await portal.partyDocuments.settled({
      kind,
      recipientId,
      period: OCTOBER,
      run: '2026-10-1',
      reference: `2026-10-1/${recipientId}`,
      key,
      hashes,
      months: [{ usagePeriod: OCTOBER, documents: 1, corrections: 0, points: '1800', ...(totals && { totals }) }],
    });
    for (const ext of ['pdf', 'csv']) documents.set(`${key}.${ext}`, ext);
    documents.set(`${key}.json`, JSON.stringify(content));
  }
  const claimed: CloseRun = { ...finishedRun, status: 'RUNNING' };
  await portal.units.commit(portal.closes.claimed(claimed, undefined, undefined));
  await portal.units.commit(portal.closes.finished(finishedRun, 'COMPLETE'));
}

/** The id of a test user with these roles. */
export const userIdOf = (organizationId: string, roles: readonly string[]): string =>
  `${organizationId}-${roles.map((role) => role.slice(0, 2)).join('')}`;

/** A bearer token of a new user of the organization, by default with every role there is. */
export async function bearerOf(
  opened: ApiPortal,
  organizationId: string,
  roles = ALL_ROLES,
  id = userIdOf(organizationId, roles),
): Promise<string> {
  return bearerFor(opened.portal, await opened.addUser({ id, organizationId, roles }));
}
