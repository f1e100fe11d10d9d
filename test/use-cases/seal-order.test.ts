import { FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { sealOrder } from '../../lambdas/use-cases/seal-order.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { usageLine } from '../domain/support/builders.ts';
import { type ClosePortal, OCTOBER, openClosePortal, PLAIN } from '../support/close-portal.ts';

const NOVEMBER = period('2026-11');
const CONTRACT = plainId(5, 1);

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
  opened.clock.time = new Date('2026-12-10T02:00:00Z');
});
afterEach(() => opened.close());

/** Seals an order of November that carries late usage of October, nobody having submitted it. */
async function sealCarrier(endOfContract: string) {
  const { portal } = opened;
  await opened.table.update(keys.contract(CONTRACT), {
    expression: 'SET eolDate = :end',
    values: { ':end': endOfContract },
  });
  const found = await portal.contracts.get(CONTRACT);
  if (!found) throw new Error('no contract');
  const late = usageLine('late', '5', '3', { usagePeriod: OCTOBER });
  const order = {
    ...newOrder(found.contract, NOVEMBER, opened.clock.time),
    held: heldUsage(NOVEMBER, [late], new Map()),
  };
  await portal.billingOrders.putLines(order.id, FIRST_LINE_SET, [late]);
  await portal.units.commit(portal.billingOrders.created(order));
  const run = await opened.start('CLOSE', NOVEMBER);
  expect(await sealOrder(portal, run, order.id)).toMatchObject({
    state: 'SEALED',
    order: { status: 'PENDING_VENDOR' },
  });
  return (await portal.contracts.get(CONTRACT))?.contract.delinquent;
}

test('an order that its service provider has not submitted makes the contract delinquent', async () => {
  expect(await sealCarrier('2027-10-31')).toBe(true);
});

test('an order of a contract that has ended, which carries late usage alone, does not', async () => {
  expect(await sealCarrier('2026-10-31')).toBe(false);
});
