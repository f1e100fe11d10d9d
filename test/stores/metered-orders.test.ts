import { period } from '../../lambdas/domain/calendar/period.ts';
import { quantity } from '../../lambdas/domain/numbers/amounts.ts';
import { idOf } from '../../lambdas/use-cases/new-order.ts';
import { type ClosePortal, openClosePortal, PLAIN } from '../support/close-portal.ts';

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN, { sdk: true });
});
afterEach(() => opened.close());

test('as many differences as are kept fit in one item, and come back as they were', async () => {
  const of = { orderId: 'order', contractId: 'c', contractNumber: '1', serviceProviderId: 'sp' };
  const differences = Array.from({ length: 5_000 }, (_, at) => ({
    lineId: idOf(`line ${at}`),
    productCode: `PRODUCT-${at % 70}`,
    siteName: `A site of a long name ${at % 300}`,
    customerNumber: '',
    metered: quantity(`${at}.123457`),
    reported: quantity(`${at * 7}.5`),
    since: '2026-11-02T02:00:00.000Z',
  }));
  const metered = { ...of, usagePeriod: period('2026-10'), time: '2026-11-02T02:00:00.000Z', meters: [], differences };
  expect(await opened.portal.units.commit([opened.portal.meteredOrders.put(metered)])).toEqual({ ok: true });
  expect(await opened.portal.meteredOrders.withDifferences('sp')).toEqual([
    { orderId: 'order', contractId: 'c', contractNumber: '1', usagePeriod: period('2026-10'), differing: 5_000 },
  ]);
  expect(await opened.portal.meteredOrders.get('order')).toEqual(metered);
});
