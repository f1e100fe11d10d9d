import { startSchedule } from '../../local/schedule.ts';
import { signed, skuOf } from '../domain/support/contracts.ts';
import { on, openContractWorld } from '../support/contract-world.ts';

test('the scheduled jobs run at once, tell what failed, and end when they are stopped', async () => {
  const world = await openContractWorld('2026-12-05');
  try {
    await world.addContract(signed(skuOf('CUSTOM'), '2025-12-01', 12, [], { reviewOn: on('2026-12-01') }));
    await world.addRequest({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-12-01', { contractId: 'nowhere' });
    const told: string[] = [];
    const schedule = startSchedule(world.portal, ({ message }) => told.push(message));
    await schedule.stop();
    expect((await world.contract()).status).toBe('EXPIRED');
    expect(told).toEqual([
      'contract 100002 had no order for 2026-11, which is over: it has one now',
      'contract nowhere: it does not exist',
    ]);
    // The event of the expiry is out.
    expect(world.events.map(({ type }) => type)).toEqual(['ContractStatusChanged']);
  } finally {
    await world.close();
  }
});
