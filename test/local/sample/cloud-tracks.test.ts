import { period } from '../../../lambdas/domain/calendar/period.ts';
import { importProgramme } from '../../../lambdas/use-cases/import-programme.ts';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { cloudTracks, withAnniversaries } from '../../../local/sample/cloud-tracks.ts';
import { sampleProgramme } from '../../../local/sample/sample-programme.ts';
import { OCTOBER, openClosePortal } from '../../support/close-portal.ts';

const DRAWN = { seed: 1, latestPeriod: OCTOBER, months: 3 };

test('cloud services of the sample say what their orders have, and are billed', async () => {
  const opened = await openClosePortal();
  const { portal, clock } = opened;
  try {
    const tracks = cloudTracks(DRAWN);
    const { organizations: all, billToAccounts, families, skus, products, priceLists } = sampleProgramme(DRAWN);
    const organizations = withAnniversaries(all, tracks);
    await importProgramme(portal, { organizations, billToAccounts, families, skus, products, priceLists });
    await importProgramme(portal, tracks);
    const orders = [...(tracks.orders as Iterable<{ order: { id: string; contractId: string; usagePeriod: never } }>)];
    expect(orders).toHaveLength(24);
    clock.time = new Date('2026-11-03T02:00:00Z');
    const due = orders.map(({ order: { id, contractId, usagePeriod } }) =>
      portal.meteredMonths.isDue({ contractId, period: usagePeriod }, { kind: 'ORDER', id, token: '1' }, clock.time),
    );
    await portal.units.commit(due);
    const before = await portal.billingOrders.getMany(orders.map(({ order }) => order.id));
    const { failures, filled } = await runMeterDay(portal);
    expect([failures, filled]).toEqual([[], 0]);
    const after = await portal.billingOrders.getMany(orders.map(({ order }) => order.id));
    expect(new Set(after)).toEqual(new Set(before));
    const anniversaries = [...(tracks.contracts ?? [])].map(({ contract }) => contract.anniversary);
    expect(anniversaries).toEqual(['2026-06-15', '2026-06-15', '2026-06-30', '2026-06-30', '2026-06-01', '2026-06-01']);
    for (const { contract } of tracks.contracts ?? []) {
      const provider = await portal.organizations.get(contract.serviceProviderId);
      expect(provider?.anniversary).toBe(contract.anniversary);
    }
    const lines = await portal.billingOrders.linesOf(orders[0]?.order.id ?? '', '1');
    expect(lines.map(({ productCode, price }) => `${productCode} ${price?.from}`).sort()).toEqual([
      'MSP-EGRESS LIST',
      'MSP-HOST SOURCE',
      'MSP-STOR LIST',
    ]);
    expect(period('2026-08')).toBe(orders[0]?.order.usagePeriod);
  } finally {
    await opened.close();
  }
});
