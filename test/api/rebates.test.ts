import { period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import { type Deal, newDeal } from '../../lambdas/domain/deal/deal.ts';
import { type MinorUnits, percent, points } from '../../lambdas/domain/numbers/amounts.ts';
import type { Role } from '../../lambdas/domain/organization/organization.ts';
import { EXAMPLE_INVOICE } from '../../lambdas/manifest/routes/invoice-example.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import { skuOf } from '../domain/support/contracts.ts';
import { addInvoice, storedInvoice } from '../support/billed-programme.ts';
import { type OrderPortal, openOrderPortal } from '../support/order-portal.ts';

const READER = { organizationId: 'AGG-1', roles: ['Read Only'] satisfies Role[] };
const VENDOR = { organizationId: 'VENDOR', roles: ['Read Only'] satisfies Role[] };
const NUMBER = 'INV-2026-000001';
const PRODUCT = EXAMPLE_INVOICE.lines[0]?.productCode ?? '';

const LATE = 'INV-2027-000001';

let opened: OrderPortal;
/** Bills usage of a month late, beside January's own. */
let late: (of: string, amount: string) => Promise<void>;
beforeEach(async () => {
  opened = await openOrderPortal();
  const contract = await opened.addContract('C-1', skuOf('PAY-GO', '1800'));
  const none = points('0');
  const summary = { minimumCommit: none, reported: none, overage: none, underage: none, total: none };
  const closedTime = '2026-11-10T02:00:00.000Z';
  const billed = (invoiceNumber: string) => ({
    revision: 1,
    lineSet: '1',
    outcome: 'INVOICED' as const,
    invoiceNumber,
    closedTime,
    summary: { ...summary, listPrice: 0n as MinorUnits, sellingPrice: 0n as MinorUnits, discount: percent('0') },
  });
  await opened.addOrder(contract, 'O-1', { status: 'CLOSED', billed: billed(NUMBER) });
  late = async (of, amount) => {
    const order = await opened.addOrder(contract, 'O-4', {
      ...{ month: '2027-01', status: 'CLOSED', billed: billed(LATE) },
    });
    await opened.portal.units.commit([opened.portal.billingOrders.arrearsCarried(order, period('2026-12'))]);
    const stored = storedInvoice(LATE, {
      ...{ contractId: 'C-1', usagePeriod: period('2027-01'), source: { id: 'O-4', revision: 1 } },
    });
    await addInvoice(opened, stored);
    const [line] = EXAMPLE_INVOICE.lines;
    const own = { ...line, usagePeriod: '2027-01' };
    const lines = [own, { ...line, usagePeriod: of, amount }];
    const json = { ...EXAMPLE_INVOICE, number: LATE, usagePeriod: '2027-01', lines };
    opened.documents.set(`${invoiceKey(stored)}.json`, JSON.stringify(json));
  };
  await addInvoice(opened, storedInvoice(NUMBER, { contractId: 'C-1', source: { id: 'O-1', revision: 1 } }));

  const add = async (n: number, over: Partial<Deal> = {}) => {
    const person = 'ada@person.example';
    const fields = {
      productSKU: PRODUCT,
      productCategory: 'Any',
      projectedDealValue: 1n as MinorUnits,
      expectedCloseDate: plainDate('2026-10-20'),
      serviceProviderContact: person,
      aggregatorSalesContactLead: person,
      aggregatorManager: person,
    };
    const now = opened.clock.time;
    const registered = { id: `deal-${n}`, dealNumber: String(20_000 + n), registrantId: 'ada', contract, now };
    const deal = newDeal(fields, { ...registered, on: plainDate('2026-10-02') });
    const won = { status: 'CLOSED_WON', closeDate: plainDate('2026-11-02') } as const;
    await opened.portal.units.commit([opened.portal.deals.created({ ...deal, ...won, ...over })]);
  };
  await add(1);
  await add(2, { status: 'CLOSED_LOST' });
  await add(3, { closeDate: plainDate('2026-09-30') });
  await add(4, { geo: 'EMEA' });
  const entry = {
    productSKU: PRODUCT,
    productDisplayName: 'Product',
    geo: 'AMER',
    startDate: plainDate('2026-10-01'),
    endDate: plainDate('2026-12-31'),
    rate: percent('12.5'),
  };
  const sheet = { quarter: 'Q4FY2026' as Deal['fiscalQuarter'], entries: [entry], version: 0 };
  await opened.portal.units.commit([opened.portal.rebateSheets.changed(sheet)]);
});
afterEach(() => opened.close());

const list = (query: Record<string, string>, sender: object = READER) => opened.send('listRebates', { query }, sender);

test('a deal that was won in the quarter earns its share of what was billed of the product', async () => {
  const { body } = await list({ fiscalQuarter: 'Q4FY2026' });
  expect(body).toMatchObject({
    total: 1,
    content: [
      {
        dealNumber: '20001',
        usagePeriods: ['2026-10', '2026-11', '2026-12'],
        // Two lines of the product: 26.40 and 1,584.00.
        billed: '1610.40',
        rate: '12.5',
        rebate: '201.30',
      },
    ],
  });
  const vendor = { fiscalQuarter: 'Q4FY2026', aggregatorId: 'AGG-1' };
  expect((await opened.send('listVendorRebates', { query: vendor }, VENDOR)).body).toEqual(body);
});

test('late usage earns by the month it was used in, on the invoice that carries it', async () => {
  await late('2026-12', '100.00');
  const { body } = await list({ fiscalQuarter: 'Q4FY2026' });
  expect(body.content).toMatchObject([{ billed: '1710.40', rebate: '213.80' }]);
});

test('late usage of a month before the quarter earns nothing', async () => {
  await late('2026-09', '100.00');
  expect((await list({ fiscalQuarter: 'Q4FY2026' })).body.content).toMatchObject([{ billed: '1610.40' }]);
});

test('other quarters, aggregators and sheets earn nothing', async () => {
  expect((await list({ fiscalQuarter: 'Q3FY2026' })).body).toEqual({ content: [], total: 0 });
  expect((await list({ fiscalQuarter: 'Q4FY2026' }, { ...READER, organizationId: 'AGG-2' })).body.total).toBe(0);
  expect((await list({ fiscalQuarter: '2026-Q4' })).body.code).toBe('BAD_REQUEST');
  expect((await list({})).body.code).toBe('BAD_REQUEST');
  expect((await list({ fiscalQuarter: 'Q4FY2026' }, { organizationId: 'SP-1' })).status).toBe(403);
});
