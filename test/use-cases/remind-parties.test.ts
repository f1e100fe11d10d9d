import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { remindParties } from '../../lambdas/use-cases/remind-parties.ts';
import { signed, skuOf } from '../domain/support/contracts.ts';
import { type ContractWorld, openContractWorld } from '../support/contract-world.ts';

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-01');
});
afterEach(() => world.close());

const OCTOBER = period('2026-10');

async function addOrder(contractNumber: string, status: BillingOrderStatus): Promise<BillingOrder> {
  const more = { id: `id-of-${contractNumber}`, contractNumber };
  const { contract } = signed(skuOf('PAY-GO', '1800'), '2026-10-01', undefined, undefined, more);
  const order = { ...newOrder(contract, OCTOBER, world.clock.time), status };
  await world.portal.units.commit(world.portal.billingOrders.created(order));
  return order;
}

/** Queues what is due on a day and mails it: to whom, and about what. */
async function mailsOf(day: string): Promise<string[]> {
  world.moveTo(day);
  world.mails.length = 0;
  await remindParties(world.portal, OCTOBER);
  await world.day();
  return world.mails.map(({ to, subject }) => `${to}: ${subject}`).sort();
}

test('who has not submitted is reminded, on the due date once more, and then both parties are alerted', async () => {
  await addOrder('100002', 'PENDING_SP');
  await addOrder('100001', 'PENDING_SP');
  await addOrder('100003', 'PENDING_AGGREGATOR');
  const provider = 'SERVICE_PROVIDER@party.example';
  const aggregator = 'AGGREGATOR@party.example';
  expect(await mailsOf('2026-11-03')).toEqual([]);
  expect(await mailsOf('2026-11-04')).toEqual([`${provider}: Usage of 2026-10 is due on 2026-11-05`]);
  expect(await mailsOf('2026-11-04')).toEqual([]);
  expect(await mailsOf('2026-11-05')).toEqual([`${provider}: Usage of 2026-10 is due today`]);
  expect(await mailsOf('2026-11-06')).toEqual([
    `${aggregator}: Usage of 2026-10 is overdue: 2 orders`,
    `${provider}: Usage of 2026-10 is overdue`,
  ]);
  expect(await mailsOf('2026-11-08')).toEqual([`${aggregator}: Review of 2026-10 is due: 1 order`]);
  expect(await mailsOf('2026-11-10')).toEqual([]);
});

test('a mail lists the orders by contract number, for the aggregator with their service providers', async () => {
  for (const number of ['100002', '100001']) await addOrder(number, 'PENDING_SP');
  world.moveTo('2026-11-06');
  await remindParties(world.portal, OCTOBER);
  const listed = (await world.portal.notices.waiting()).map((notice) => 'orders' in notice && notice);
  const orders = ['100001', '100002'].map((contractNumber) => ({
    contractNumber,
    serviceProviderId: 'SERVICE_PROVIDER',
  }));
  const told = { usagePeriod: '2026-10', dueDate: '2026-11-05', count: 2, orders };
  expect(listed).toHaveLength(2);
  expect(listed).toEqual(expect.arrayContaining([expect.objectContaining(told), expect.objectContaining(told)]));
});

test('nobody is reminded when everybody has submitted, and after missed days only of what still can be done', async () => {
  await addOrder('100001', 'PENDING_VENDOR');
  expect(await mailsOf('2026-11-04')).toEqual([]);
  await addOrder('100002', 'PENDING_SP');
  expect(await mailsOf('2026-11-07')).toHaveLength(2);
});

test('a job that died before it had said so, and two at once, send nobody a second mail', async () => {
  await addOrder('100001', 'PENDING_SP');
  world.moveTo('2026-11-04');
  const { portal } = world;
  const stepDone = async () => {
    throw new Error('the process has ended');
  };
  const mortal = { ...portal, programmeDays: { ...portal.programmeDays, stepDone } };
  await expect(remindParties(mortal, OCTOBER)).rejects.toThrow('the process has ended');
  await world.day();
  expect(world.mails).toHaveLength(1);
  await Promise.all([remindParties(portal, OCTOBER), remindParties(portal, OCTOBER)]);
  await world.day();
  expect(world.mails).toHaveLength(1);
  expect(await portal.notices.waiting()).toEqual([]);
});
