import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { NO_QUANTITY, type Quantity, quantity, sum } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { type SeededRandom, seededRandom } from '../../local/random.ts';
import { OCTOBER, openMeterPortal, SP, vm } from '../support/meter-portal.ts';

// What a month of a meter goes through in any order, and what holds after each step: what the meters say of a usage is all
// of it billed, open, arrears, changed by a person with a reason, told as a difference, or not billable with its reason
// (lambdas/domain/usage/README.md).

const STEPS = 30;
const MONTHS = ['2026-10', '2026-11', '2026-12', '2027-01'].map(period);
const LATER = MONTHS.slice(1);
const AGGREGATOR = { organizationId: 'AGG-1' };
const VENDOR = { organizationId: 'VENDOR' };
const COMMENT = { comment: 'Looked at' };
const APPROVAL = {
  serviceProviderPurchaseOrder: 'SP-PO-1',
  vmwarePurchaseOrder: 'PO-100000',
  billingOrderPreference: 'EDI',
};

/** What is done with an order in each state; now and then anything is tried, and refused. */
const VERBS: Readonly<Partial<Record<BillingOrderStatus, readonly string[]>>> = {
  NOT_OPEN: ['write'],
  PENDING_SP: ['submit', 'submit', 'edit', 'write', 'remove', 'withdraw', 'cancel'],
  PENDING_AGGREGATOR: ['approve', 'approve', 'sendBack', 'sendBack', 'withdraw', 'cancel'],
  PENDING_APPROVAL: ['approveAdjustment', 'rejectAdjustment', 'withdraw'],
  PENDING_VENDOR: ['close', 'close', 'reject'],
  PENDING_VENDOR_REFUND: ['close'],
  CLOSED: ['adjust'],
};
const ALL = [...new Set(Object.values(VERBS).flat())];

type Opened = Awaited<ReturnType<typeof openMeterPortal>>;
type World = { opened: Opened; meterId: string; random: SeededRandom; said: Map<string, string>; sequence: number };

async function openWorld(seed: number): Promise<World> {
  const opened = await openMeterPortal();
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  const { body } = await opened.register();
  return { opened, meterId: String(body.id), random: seededRandom(seed), said: new Map(), sequence: 0 };
}

const orders = ({ opened: { portal, contractId } }: World): Promise<BillingOrder[]> =>
  portal.billingOrders.ofContract(contractId, MONTHS);

async function orderOf(world: World, of: Period): Promise<BillingOrder | undefined> {
  return (await orders(world)).find(({ usagePeriod }) => usagePeriod === of);
}

const linesOf = ({ opened: { portal } }: World, { id, lineSet }: BillingOrder): Promise<UsageLine[]> =>
  portal.billingOrders.linesOf(id, lineSet);

/** Sends a request about an order: done, or refused for a reason, never in between. */
async function ask(world: World, id: RouteId, order: BillingOrder, body: object, more: Record<string, string> = {}) {
  const sender = /^(approve|sendBack)Order$/.test(id)
    ? AGGREGATOR
    : /^(reject|cancel|approveAdj)/.test(id)
      ? VENDOR
      : SP;
  const { status } = await world.opened.send(id, { params: { orderId: order.id, ...more }, body }, sender);
  expect([id, status < 500 && status !== 400]).toEqual([id, true]);
}

/** Readings of a whole October of one source: in time, late, more, less, of another product or site, or none any more. */
async function upload(world: World) {
  const { random, opened, said } = world;
  const source = random.pick(['vm-1', 'vm-2', 'vm-3']);
  const product = random.pick(['CORE', 'NET']);
  const site = random.pick(['A', 'A', 'B']);
  const gb = random.int(6);
  world.sequence++;
  const reading = vm({
    source,
    products: [product],
    site,
    hour: undefined,
    from: '2026-10-01T00:00:00Z',
    to: '2026-11-01T00:00:00Z',
    sequence: world.sequence,
    configuredGb: 2 * gb,
    poweredOn: gb > 0,
  });
  const { body } = await opened.upload(world.meterId, [reading]);
  expect(body.accepted).toBe(1);
  if (gb > 0) said.set(source, `${product} ${site} ${gb}`);
  else said.delete(source);
}

async function editLine(world: World, order: BillingOrder, remove = false) {
  const lines = await linesOf(world, order);
  if (lines.length === 0) return;
  const { id: usageId } = world.random.pick(lines);
  const said = { reason: 'METER_ERROR' };
  // A person reads what is told before it is changed.
  world.opened.clock.time = new Date(world.opened.clock.time.getTime() + 1_000);
  if (remove) {
    const params = { orderId: order.id, usageId };
    expect((await world.opened.send('removeUsage', { params, query: said }, SP)).status).toBeLessThan(500);
  } else await ask(world, 'changeUsage', order, { ...said, quantity: String(world.random.int(9)) }, { usageId });
}

async function write(world: World, order: BillingOrder) {
  const { random, opened } = world;
  const site = random.pick(['A', 'B']);
  const line = {
    code: random.pick(['CORE', 'NET']),
    siteId: opened.sites[site],
    quantity: String(random.int(9)),
    reason: 'LATE_USAGE',
  };
  const { status } = await opened.send(
    'addUsage',
    { params: { orderId: order.id }, body: { ...line, usagePeriod: '2026-10' } },
    SP,
  );
  expect(status).toBeLessThan(500);
}

/** What the close does with an order that waits for it. */
async function close(world: World, order: BillingOrder) {
  const { billingOrders, units } = world.opened.portal;
  const own = await orderOf(world, OCTOBER);
  if (!/^PENDING_VENDOR/.test(order.status) || (order.usagePeriod !== OCTOBER && !own?.billed)) return;
  const sealed = await billingOrders.seal(order.id, 'run');
  if (!sealed.ok) throw new Error('not sealed');
  const { revision, lineSet } = sealed.order;
  const closedTime = world.opened.clock.time.toISOString();
  const billed = { revision, lineSet, outcome: 'NOTHING_TO_BILL' as const, closedTime, summary: NOTHING_BILLED };
  expect(await units.commit([billingOrders.closed(order, billed)])).toEqual({ ok: true });
}

/** The next month begins: its order is made, that of the one before is in its service provider's hands. */
async function nextMonth(world: World) {
  const { opened } = world;
  const [next] = LATER.filter((of) => `${of}-02T02:00:00.000Z` > opened.clock.time.toISOString());
  if (!next) return;
  opened.clock.time = new Date(`${next}-02T02:00:00Z`);
  await opened.openOrder(next);
  for (const order of await orders(world)) {
    if (order.status !== 'NOT_OPEN' || order.usagePeriod >= next) continue;
    const { billingOrders, units } = opened.portal;
    await units.commit([billingOrders.changed({ ...order, status: 'PENDING_SP' }, opened.clock.time)]);
  }
}

const MOVES: Readonly<Record<string, readonly [RouteId, object]>> = {
  submit: ['submitOrder', { serviceProviderPurchaseOrder: 'SP-PO-1' }],
  sendBack: ['sendBackOrder', COMMENT],
  approve: ['approveOrder', APPROVAL],
  reject: ['rejectOrder', COMMENT],
  cancel: ['cancelOrder', COMMENT],
  adjust: ['adjustOrder', COMMENT],
  withdraw: ['withdrawAdjustment', COMMENT],
  rejectAdjustment: ['rejectAdjustment', COMMENT],
  approveAdjustment: ['approveAdjustment', COMMENT],
};

/** Takes a step, and says what it was. */
async function step(world: World): Promise<string> {
  const { random } = world;
  if (random.chance(0.35)) {
    await upload(world);
    return 'upload';
  }
  if (random.chance(0.08)) {
    await nextMonth(world);
    return 'next month';
  }
  const all = await orders(world);
  const own = all.find(({ usagePeriod }) => usagePeriod === OCTOBER) as BillingOrder;
  const order = random.chance(0.6) ? own : random.pick(all);
  const verb = random.pick(random.chance(0.05) ? ALL : (VERBS[order.status] ?? ALL));
  // Once October itself is cancelled there is little more to see.
  if (verb === 'cancel' && order.id === own.id && random.chance(0.85)) return 'nothing';
  const [id, body] = MOVES[verb] ?? [];
  if (id) await ask(world, id, order, body ?? {});
  else if (verb === 'close') await close(world, order);
  else if (verb === 'write') await write(world, order);
  else await editLine(world, order, verb === 'remove');
  return `${verb} ${order.usagePeriod}`;
}

const keyOf = ({ productCode, siteName }: Pick<UsageLine, 'productCode' | 'siteName'>) => `${productCode} ${siteName}`;

/** What a person has taken from, or given to, what the meters had said, with a reason. */
const named = ({ prefilled, quantity: reported, edit }: UsageLine): bigint =>
  edit && prefilled !== undefined ? prefilled - reported : 0n;

/** The job, which does nothing when it is run again, and then what has to hold of each usage of October. */
async function check(world: World) {
  const { portal, contractId } = world.opened;
  for (const again of [false, true]) {
    const { failures, filled } = await runMeterDay(portal);
    expect(failures).toEqual([]);
    if (again) expect(filled).toBe(0);
  }
  const all = await orders(world);
  const live = all.filter(({ status }) => status !== 'CANCELLED');
  const own = all.find(({ usagePeriod }) => usagePeriod === OCTOBER) as BillingOrder;
  const lines = (await Promise.all(live.map((order) => linesOf(world, order))))
    .flat()
    .filter(({ usagePeriod }) => usagePeriod === OCTOBER);
  const { last, due } = await portal.meteredMonths.get({ contractId, period: OCTOBER });
  if (own.status === 'CANCELLED') {
    expect(lines).toEqual([]);
    if (world.said.size > 0) expect(last).toMatchObject({ outcome: 'NOT_BILLABLE', reason: 'ORDER_CANCELLED' });
    return;
  }
  if (last?.outcome === 'WAITS') {
    expect(due).not.toEqual([]);
    return;
  }
  const told = new Map(
    ((await portal.meteredOrders.get(own.id))?.differences ?? []).map((each) => [keyOf(each), each] as const),
  );
  const said = Map.groupBy(world.said.values(), (text) => text.slice(0, text.lastIndexOf(' ')));
  for (const key of new Set([...said.keys(), ...lines.map(keyOf)])) {
    const metered = sum((said.get(key) ?? []).map((text) => quantity(text.slice(text.lastIndexOf(' ') + 1))));
    const held = lines.filter((line) => keyOf(line) === key);
    const isMetered = held.some(({ origin, prefilled }) => origin === 'METER' || prefilled !== undefined);
    // Never said by a meter: a person's alone.
    if (!said.has(key) && !isMetered) continue;
    const reported = sum(held.map((line) => line.quantity));
    const difference = told.get(key);
    if (difference) expect([key, difference.metered, difference.reported]).toEqual([key, metered, reported]);
    else expect([key, reported === metered ? metered : reported + sum(held.map(named))]).toEqual([key, metered]);
    // What nobody has touched is told only where what is submitted comes to more.
    if (difference && held.every(({ origin, edit }) => origin === 'METER' && !edit)) {
      const submitted = await submittedOf(world, live, key);
      expect([key, submitted]).toEqual([key, reported]);
    }
  }
}

async function submittedOf(world: World, live: readonly BillingOrder[], key: string): Promise<Quantity> {
  let submitted: bigint = NO_QUANTITY;
  for (const order of live) {
    if (['NOT_OPEN', 'PENDING_SP'].includes(order.status) && !order.billed) continue;
    const lines = (await linesOf(world, order)).filter((line) => line.usagePeriod === OCTOBER && keyOf(line) === key);
    submitted += sum(lines.map((line) => line.quantity as bigint));
  }
  return submitted as Quantity;
}

test.each([1, 8, 12])(
  'whatever a month goes through, all that its meters say is accounted for: seed %i',
  async (seed) => {
    const world = await openWorld(seed);
    const done: string[] = [];
    try {
      for (let n = 0; n < STEPS; n++) {
        done.push(await step(world));
        await check(world);
      }
    } catch (error) {
      throw new Error(`after ${done.join(', ')}`, { cause: error });
    } finally {
      await world.opened.close();
    }
  },
);
