import { dateOf } from '../domain/calendar/period.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { Ageing } from '../domain/receivables/ageing.ts';
import type { Payment } from '../domain/receivables/payment.ts';
import { paymentRoutes } from '../manifest/routes/payments.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { paymentPorts } from '../runtime/payment-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { billedOrganization } from '../use-cases/billed-organization.ts';
import type { Caller } from '../use-cases/caller.ts';
import { decidePayment } from '../use-cases/decide-payment.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listOpenItems, type OpenItemRow, readAgeing, readPayments } from '../use-cases/read-receivables.ts';
import { announcePayment, recordPayment } from '../use-cases/record-payment.ts';
import { settleCredit } from '../use-cases/settle-credit.ts';

type OfInvoice = { caller: Caller; params: { number: string } };
type OfAccount = { caller: Caller; params: { organizationId?: string }; now: Date };

const payments = async (portal: Portal, { caller, params }: OfInvoice) => {
  const { invoice, paid, open, credit, payments: all } = await readPayments(portal, caller, params.number);
  const { number, currency, gross } = invoice;
  const sums = { paid: formatMoney(paid, currency), open: formatMoney(open, currency) };
  const left = { credit: formatMoney(credit, currency) };
  return { body: { number, currency, gross, ...sums, ...left, payments: all.map(paymentBody) } };
};

/** Whose account is asked for: by the vendor, that of the organization in the path. */
async function ownerOf(portal: Portal, { caller, params: { organizationId } }: OfAccount): Promise<string> {
  if (organizationId === undefined) return caller.organizationId;
  return (await billedOrganization(portal, caller, 'readAccounts', organizationId, 'AGGREGATOR')).id;
}

const getAgeing = async (portal: Portal, request: OfAccount) => {
  const sums = await readAgeing(portal, await ownerOf(portal, request), request.now);
  return { body: { on: dateOf(request.now), currencies: sums.map(ageingBody) } };
};

const openItems = async (portal: Portal, { query, ...request }: OfAccount & { query: ListQuery }) => {
  const owner = await ownerOf(portal, request);
  const { content, total } = await listOpenItems(portal, owner, query, request.now);
  return { body: { content: content.map(itemBody), total } };
};

export const resource: ResourceOf<'paymentsApi'> = {
  getAggregatorPayments: payments,
  getVendorPayments: payments,
  announcePayment: async (portal, { caller, params, body, now }) =>
    answer(await announcePayment(portal, { caller, ...params, now }, body)),
  recordPayment: async (portal, { caller, params, body, now }) =>
    answer(await recordPayment(portal, { caller, ...params, now }, body)),
  settleCredit: async (portal, { caller, params, body, now }) =>
    answer(await settleCredit(portal, { caller, ...params, now }, body)),
  bookPayment: async (portal, { caller, params, now }) =>
    answer(await decidePayment(portal, 'book', { caller, ...params, now })),
  rejectPayment: async (portal, { caller, params, body, now }) =>
    answer(await decidePayment(portal, 'reject', { caller, ...params, now }, body.reason)),
  reversePayment: async (portal, { caller, params, body, now }) =>
    answer(await decidePayment(portal, 'reverse', { caller, ...params, now }, body.reason)),
  getAggregatorAgeing: getAgeing,
  getVendorAgeing: getAgeing,
  listAggregatorOpenItems: openItems,
  listVendorOpenItems: openItems,
};

export const handler = apiHandler(paymentRoutes, resource, portalWith(paymentPorts));

const answer = (payment: Payment) => ({ body: paymentBody(payment) });

function paymentBody({ reference, amount, currency, paidOn, status, against, reason, time }: Payment) {
  const said = { ...(against !== undefined && { against }), ...(reason !== undefined && { reason }) };
  return { reference, amount: formatMoney(amount, currency), currency, paidOn, status, ...said, time };
}

function ageingBody({ currency, ages, balance }: Ageing): Answer<'getVendorAgeing'>['body']['currencies'][number] {
  return {
    currency,
    notDue: formatMoney(ages.NOT_DUE, currency),
    days1To30: formatMoney(ages.DAYS_1_30, currency),
    days31To60: formatMoney(ages.DAYS_31_60, currency),
    days61To90: formatMoney(ages.DAYS_61_90, currency),
    over90Days: formatMoney(ages.OVER_90_DAYS, currency),
    credits: formatMoney(ages.CREDIT, currency),
    balance: formatMoney(balance, currency),
  };
}

function itemBody(item: OpenItemRow): Answer<'listVendorOpenItems'>['body']['content'][number] {
  const { currency, invoiced, credited, paid, open } = item;
  return {
    ...item,
    invoiced: formatMoney(invoiced, currency),
    credited: formatMoney(credited, currency),
    paid: formatMoney(paid, currency),
    open: formatMoney(open, currency),
  };
}
