import { period } from '../../lambdas/domain/calendar/period.ts';
import { quantity } from '../../lambdas/domain/numbers/amounts.ts';
import { idOf } from '../../lambdas/use-cases/new-order.ts';
import { type ClosePortal, openClosePortal, PLAIN } from '../support/close-portal.ts';

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN, { sdk: true });
});
afterEach(() => opened.close());

test('more than an item takes comes back as it was, and is gone when there is less', async () => {
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
  // Each for a customer of its own: little of it repeats.
  const meters = Array.from({ length: 6_000 }, (_, at) => ({
    ...{ meterId: idOf(`meter ${at}`), meterName: `Meter ${at}`, productCode: 'P', productName: 'P', uom: 'GB' },
    ...{ siteName: `Site ${at % 999}`, customerNumber: String(at * 7_919), units: quantity(`${at}.654321`) },
    notBilled: [{ reason: 'DEMO' as const, units: quantity(`${at % 31}.000001`) }],
  }));
  const metered = { ...of, usagePeriod: period('2026-10'), time: '2026-11-02T02:00:00.000Z', meters, differences };
  expect(await opened.portal.units.commit(opened.portal.meteredOrders.put(metered))).toEqual({ ok: true });
  expect(await opened.portal.meteredOrders.withDifferences('sp')).toEqual([
    { orderId: 'order', contractId: 'c', contractNumber: '1', usagePeriod: period('2026-10'), differing: 5_000 },
  ]);
  expect(await opened.portal.meteredOrders.get('order')).toEqual(metered);
  const less = { ...metered, time: '2026-11-03T02:00:00.000Z', meters: meters.slice(0, 2), differences: [] };
  expect(await opened.portal.units.commit(opened.portal.meteredOrders.put(less))).toEqual({ ok: true });
  expect(await opened.portal.meteredOrders.get('order')).toEqual(less);
});
