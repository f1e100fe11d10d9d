import { addMonths, period } from '../../../lambdas/domain/calendar/period.ts';
import { prefillOrder } from '../../../lambdas/use-cases/prefill-order.ts';
import { reportRun } from '../../../lambdas/use-cases/report-run.ts';
import { recordTracks } from '../../../local/sample/record-tracks.ts';
import { sampleProgramme } from '../../../local/sample/sample-programme.ts';
import { goThrough, openClosePortal } from '../../support/close-portal.ts';

const LATEST = period('2026-10');
const OPEN = addMonths(LATEST, 1);
const DRAWN = { seed: 1, latestPeriod: LATEST, months: 3 };

test('orders of the sample say what its records say, and are billed', async () => {
  const opened = await openClosePortal();
  try {
    const { portal } = opened;
    const tracks = recordTracks(DRAWN);
    await opened.add({ ...sampleProgramme(DRAWN), contracts: [], orders: [] });
    await opened.add(tracks);
    const contracts = [...(tracks.contracts ?? [])].map(({ contract }) => contract);
    expect(new Set(contracts.map(({ listing }) => listing.kind ?? listing.familyType))).toEqual(
      new Set(['RENTAL_MAAS', 'GSS', 'SRV', 'VELO', 'TERM']),
    );
    opened.clock.time = new Date('2026-12-01T00:00:00Z');
    const fed = contracts.filter(({ listing }) => !['RENTAL', 'RENTAL_MAAS'].includes(listing.familyType));
    for (const contract of fed) {
      expect(await prefillOrder(portal, contract, OPEN)).toEqual({ outcome: 'APPLIED', isChanged: false });
      const [order] = await portal.billingOrders.ofContract(contract.id, [OPEN]);
      expect(order?.held.lines).toBeGreaterThan(0);
    }
    for (const month of [addMonths(LATEST, -2), addMonths(LATEST, -1), LATEST]) {
      opened.clock.time = new Date(`${addMonths(month, 1)}-10T02:00:00Z`);
      const run = await opened.start('SCHEDULED', month);
      await goThrough(portal, run, 'reconcile');
      const { failed, invoices } = await reportRun(portal, run);
      expect([failed, invoices]).toEqual([[], contracts.length]);
    }
    const statuses = [...(tracks.serviceDeliveries ?? [])].map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['ACCEPTED', 'PENDING_ACCEPTANCE', 'DISPUTED']));
  } finally {
    await opened.close();
  }
});

test('the same arguments give the same tracks', () => {
  const textOf = (seed: number) =>
    JSON.stringify(recordTracks({ ...DRAWN, seed }), (_key, value) => (typeof value === 'bigint' ? `${value}` : value));
  expect(textOf(1)).toBe(textOf(1));
  expect(textOf(2)).not.toBe(textOf(1));
});
