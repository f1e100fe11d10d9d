import { isPointsFamily } from '../../../lambdas/domain/catalogue/family.ts';
import { formatPoints } from '../../../lambdas/domain/numbers/amounts.ts';
import { importProgramme } from '../../../lambdas/use-cases/import-programme.ts';
import { viewsOf } from '../../../lambdas/use-cases/order-view.ts';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { customerTracks } from '../../../local/sample/customer-tracks.ts';
import { sampleProgramme } from '../../../local/sample/sample-programme.ts';
import { OCTOBER, openClosePortal } from '../../support/close-portal.ts';

const DRAWN = { seed: 1, latestPeriod: OCTOBER, months: 3 };

test('orders of the sample say what its end customers have committed to and used', async () => {
  const opened = await openClosePortal();
  const { portal, clock } = opened;
  try {
    const { organizations, billToAccounts, families, skus, products, priceLists } = sampleProgramme(DRAWN);
    await importProgramme(portal, { organizations, billToAccounts, families, skus, products, priceLists });
    const tracks = customerTracks(DRAWN);
    await importProgramme(portal, tracks);
    const contracts = [...(tracks.contracts ?? [])].map(({ contract }) => contract);
    expect(contracts.map(({ listing, currency }) => `${listing.familyType} ${currency}`)).toEqual(
      ['SOV', 'LPCAAS'].flatMap((family) => ['USD', 'EUR', 'JPY'].map((currency) => `${family} ${currency}`)),
    );
    clock.time = new Date('2026-11-03T02:00:00Z');
    const inMoney = contracts.filter(({ listing }) => !isPointsFamily(listing.familyType));
    const months = inMoney.map(({ id }) => ({ contractId: id, period: OCTOBER }));
    await portal.units.commit(
      months.map((month) => portal.meteredMonths.isDue(month, { kind: 'ORDER', id: 'x', token: '1' }, clock.time)),
    );
    const { failures, filled } = await runMeterDay(portal);
    expect([failures, filled]).toEqual([[], 0]);
    const orders = (
      await Promise.all(contracts.map(({ id }) => portal.billingOrders.ofContract(id, [OCTOBER])))
    ).flat();
    expect(orders).toHaveLength(6);
    const [sovereign] = await viewsOf(portal, orders);
    const [held] = orders;
    // The first customer lacks a part of its 600 points: they count as reported.
    expect(Number(formatPoints(sovereign?.summary?.reported ?? (0n as never)))).toBeGreaterThanOrEqual(600);
    expect(held?.held.lines).toBe(3);
  } finally {
    await opened.close();
  }
});
