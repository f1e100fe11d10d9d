import { pointsPerUnit } from '../../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../../lambdas/use-cases/import-catalogue.ts';
import { skuOf } from '../../domain/support/contracts.ts';
import { PURCHASE_ORDERS } from '../../support/order-portal.ts';
import { NOVEMBER, OCTOBER, openServicePortal, type ServicePortal } from '../../support/service-portal.ts';

const SP = { organizationId: 'SP-1' };
const VENDOR = { organizationId: 'VENDOR' };
/** 100 points a month at 1.00 USD. */
const ISV = { ...skuOf('PAY-GO', '100', 'ISV'), code: 'ISV-100' };

let opened: ServicePortal;
let id: string;
beforeEach(async () => {
  opened = await openServicePortal();
  const { portal } = opened;
  const product = { category: 'Any', family: 'ISV', uom: 'Core', pointsPerUnit: pointsPerUnit('5') } as const;
  await importCatalogue(portal, {
    families: [{ id: 'family-ISV', code: 'ISV', name: 'ISV', description: '', type: 'ISV' }],
    skus: [ISV],
    products: ['ONE', 'TWO', 'THREE'].map((code) => ({ ...product, id: code, code, name: code })),
  });
  await portal.units.commit([portal.catalogue.priceListCreated(opened.pricesOf([ISV]))]);
  const contract = await opened.addContract('contract', ISV);
  ({ id } = await opened.orderOf(contract.id, OCTOBER));
  await written('addUsage', { code: 'ONE', quantity: '30' });
  await written('addUsage', { code: 'TWO', quantity: '2.5' });
  await asked('submitOrder', SP, PURCHASE_ORDERS);
  await asked('approveOrder', {}, PURCHASE_ORDERS);
  await opened.closeMonth(OCTOBER);
});
afterEach(() => opened.close());

type Asked = 'submitOrder' | 'approveOrder' | 'adjustOrder' | 'approveAdjustment';
async function asked(route: Asked, sender: object, body: object) {
  const answer = await opened.of(route, id, sender, { body });
  expect(answer.status).toBeLessThan(300);
  return answer;
}
async function written(route: 'addUsage' | 'changeUsage' | 'removeUsage', body: object, usageId?: string) {
  const answer = await opened.send(route, { params: { orderId: id, ...(usageId && { usageId }) }, body }, SP);
  expect(answer.status).toBeLessThan(300);
}
const lineOf = async (code: string) => {
  const { lineSet } = await opened.order(id);
  return (await opened.portal.billingOrders.linesOf(id, lineSet)).find((line) => line.productCode === code)?.id;
};
const difference = async (of: 'Provider' | 'Aggregator' | 'Vendor', query: Record<string, string> = {}) => {
  const sender = { Provider: SP, Aggregator: {}, Vendor: VENDOR }[of];
  const { status, body } = await opened.of(`read${of}Adjustment`, id, sender, { query });
  expect(status).toBe(200);
  return body as Record<string, unknown> & { lines: { productCode: string }[] };
};

test('what an adjustment changes is told line by line, with the difference, its reason and what was said', async () => {
  await asked('adjustOrder', SP, { comment: 'Miscounted' });
  await written('changeUsage', { quantity: '28', reason: 'OTHER', comment: 'Counted twice' }, await lineOf('ONE'));
  await written('addUsage', { code: 'THREE', quantity: '1', reason: 'LATE_USAGE' });
  const seen = await difference('Aggregator');
  expect(seen).toMatchObject({ revision: 2, status: 'PENDING_SP', lineCount: 3, changedCount: 2 });
  expect(seen.lines).toMatchObject([
    {
      ...{ productCode: 'ONE', change: 'CHANGED', reason: 'OTHER', comment: 'Counted twice' },
      billed: { quantity: '30', points: '150', amount: '150.00' },
      adjusted: { quantity: '28', points: '140', amount: '140.00' },
      difference: { quantity: '-2', points: '-10', amount: '-10.00' },
    },
    { productCode: 'THREE', change: 'ADDED', difference: { quantity: '1', points: '5', amount: '5.00' } },
    { productCode: 'TWO', change: 'SAME' },
  ]);
  expect(seen.lines[2]).not.toHaveProperty('difference');
  expect(seen).toMatchObject({ billedNet: '162.50', adjustedNet: '157.50', difference: '-5.00' });
  const own = await difference('Provider');
  expect(own.lines).toMatchObject([{ difference: { quantity: '-2', points: '-10' } }, {}, {}]);
  expect(JSON.stringify(own)).not.toMatch(/amount|Net/);
});

test('lines that are not the same are asked for alone, and come in pages', async () => {
  await asked('adjustOrder', SP, { comment: 'Miscounted' });
  await written('addUsage', { code: 'THREE', quantity: '1', reason: 'LATE_USAGE' });
  const changed = await difference('Vendor', { changed: 'true' });
  expect(changed.lines.map(({ productCode }) => productCode)).toEqual(['THREE']);
  expect(changed).toMatchObject({ lineCount: 1, changedCount: 1 });
  const second = await difference('Vendor', { limit: '1', offset: '1' });
  expect(second.lines.map(({ productCode }) => productCode)).toEqual(['THREE']);
  expect(second).toMatchObject({ lineCount: 3, adjustedPoints: '167.5' });
});

test('two adjustments one after the other: each credits what stands, and what is valid is what is reported', async () => {
  for (const [quantity, month] of [
    ['28', NOVEMBER],
    ['40', '2026-12'],
  ] as const) {
    await asked('adjustOrder', SP, { comment: 'Miscounted' });
    await written('changeUsage', { quantity, reason: 'METER_ERROR' }, await lineOf('ONE'));
    await asked('submitOrder', SP, PURCHASE_ORDERS);
    await asked('approveOrder', {}, PURCHASE_ORDERS);
    await asked('approveAdjustment', VENDOR, { comment: 'As counted' });
    if (month !== NOVEMBER)
      await opened.addOrders((await opened.portal.contracts.get('contract'))!.contract, month as never);
    await opened.closeMonth(month as never);
  }
  const list = await opened.send('listAggregatorInvoices', { query: { filter: 'usagePeriod==2026-10' } }, {});
  const documents = list.body.content as { kind: string; net: string; status: string }[];
  expect(documents.map(({ kind, net }) => `${kind} ${net}`).sort()).toEqual([
    ...['CREDIT_NOTE -152.50', 'CREDIT_NOTE -162.50'],
    ...['ORDER 152.50', 'ORDER 162.50', 'ORDER 212.50'],
  ]);
  expect(await difference('Aggregator')).toMatchObject({ billedNet: '212.50', difference: '0.00', changedCount: 0 });
});
