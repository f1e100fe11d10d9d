import { period } from '../../lambdas/domain/calendar/period.ts';
import { task } from '../../lambdas/jobs/programme-day.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { signed, skuOf } from '../domain/support/contracts.ts';
import { openContractWorld } from '../support/contract-world.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

test('what the calendar brings about needs the rights that its function has, and no others', async () => {
  const world = await openContractWorld('2026-11-12');
  try {
    const { contract, revisions } = signed(skuOf('PAY-GO', '1800'), '2026-11-01');
    await world.addContract({ contract, revisions });
    const order = newOrder(contract, period('2026-11'), world.clock.time);
    await world.portal.units.commit(world.portal.billingOrders.created(order));
    await world.portal.programmeDays.begunAll(period('2026-11'));
    world.moveTo('2026-12-04');
    const used = new Set<string>();
    const client = openLocalClient(recordingRights(world.database.requestHandler, used));
    const portal = { ...world.portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    expect(await task(portal, {})).toEqual({ opened: 1, made: 1, mails: 1, failures: [] });
    expect([...used].sort()).toEqual([...functions.programmeDay.rights.table].sort());
  } finally {
    await world.close();
  }
});
