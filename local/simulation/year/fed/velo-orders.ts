import { changeVeloOrder, endVeloOrder } from '../../../../lambdas/use-cases/change-velo-order.ts';
import { enterVeloOrders } from '../../../../lambdas/use-cases/enter-velo-orders.ts';
import { idOf } from '../../../../lambdas/use-cases/new-order.ts';
import type { SeededRandom } from '../../../random.ts';
import { type Day, daysLater, daysOf, type Month } from '../../lives/days.ts';
import { type Fraction, fraction, isZero, minus, partOf, plus, rounded, times, ZERO } from '../../lives/fractions.ts';
import {
  dayIn,
  type FedStory,
  keyText,
  late,
  monthsOf,
  NOON,
  type Said,
  type Tale,
  type Telling,
  VENDOR,
} from './fed-story.ts';

type Terms = { from: Day; told: Day; quantity: string; unitPrice: string; discount: string };
type VeloOrder = { n: number; orderNumber: string; terms: readonly Terms[]; end?: { day: Day; told: Day } };

const PRICES = ['38.5', '65', '210.999999'];
const DISCOUNTS = ['0', '5', '12.5', '33.3333'];

/** VeloCloud orders that begin within months, are told late, given other terms, ended; some of it for days long past. */
export function tellVeloOrders(tale: Tale): FedStory {
  const { n, random, currency } = tale;
  const orders = monthsOf(tale).flatMap((month, at) =>
    at > 0 && random.chance(0.5) ? [] : [orderIn(random.fork(month), month, { n, orderNumber: `VO-${n}-${at}` })],
  );
  return {
    tellings: orders.flatMap((order) => tellingsOf(order, currency)),
    said: (month, before) => orders.flatMap((order) => saidOf(order, month, before)),
  };
}

function orderIn(random: SeededRandom, month: Month, named: { n: number; orderNumber: string }): VeloOrder {
  const from = dayIn(random, month);
  const terms = (first: Day, told: Day): Terms => ({
    ...{ from: first, told, quantity: String(1 + random.int(80)) },
    ...{ unitPrice: random.pick(PRICES), discount: random.pick(DISCOUNTS) },
  });
  const told = random.chance(0.3) ? late(random, month) : from;
  const began = terms(from, told);
  const changed = random.chance(0.5) ? changeOf(random, began, terms) : undefined;
  const all = [began, ...(changed ? [changed] : [])];
  const last = all.at(-1) as Terms;
  if (random.chance(0.6)) return { ...named, terms: all };
  const day = daysLater(last.from, random.int(50));
  const soon = daysLater(day, random.int(30) - 5);
  return { ...named, terms: all, end: { day, told: soon > last.told ? soon : daysLater(last.told, 1) } };
}

function changeOf(random: SeededRandom, began: Terms, terms: (first: Day, told: Day) => Terms): Terms {
  const from = daysLater(began.from, random.int(60));
  const soon = daysLater(from, random.int(25) - 3);
  return terms(from, soon > began.told ? soon : daysLater(began.told, 1));
}

function tellingsOf({ n, orderNumber, terms, end }: VeloOrder, currency: string): Telling[] {
  const sid = `SID-${n}`;
  const orderId = idOf(`VELO#${sid}#${orderNumber}`);
  const [began, ...changes] = terms;
  return [
    ...(began
      ? [{ day: began.told, at: NOON, kind: 'VELO ORDER', tell: entering(sid, orderNumber, began, currency) }]
      : []),
    ...changes.map((changed): Telling => {
      const { told, from, quantity, unitPrice, discount } = changed;
      return {
        ...{ day: told, at: NOON, kind: 'VELO CHANGE' },
        tell: (portal) => {
          const change = { caller: VENDOR, orderId, now: portal.clock(), ifMatch: undefined };
          return changeVeloOrder(portal, change, { from, quantity, unitPrice, discount });
        },
      };
    }),
    ...(end ? [ending(orderId, end)] : []),
  ];
}

function entering(sid: string, orderNumber: string, began: Terms, currency: string): Telling['tell'] {
  const { from: startDate, quantity, unitPrice, discount } = began;
  return async (portal, { id: contractId }) => {
    const asked = {
      sid,
      orderNumber,
      contractId,
      productCode: 'EDGE',
      currency,
      startDate,
      quantity,
      unitPrice,
      discount,
    };
    const [outcome] = await enterVeloOrders(portal, { caller: VENDOR, now: portal.clock() }, [asked]);
    if (outcome?.result === 'REFUSED') throw outcome.problem;
  };
}

function ending(orderId: string, { day, told }: { day: Day; told: Day }): Telling {
  return {
    ...{ day: told, at: NOON, kind: 'VELO END' },
    tell: (portal) => endVeloOrder(portal, { caller: VENDOR, orderId, now: portal.clock(), ifMatch: undefined }, day),
  };
}

/** For each price that an order has in a month its quantity day by day, by days of the month. */
function saidOf({ orderNumber, terms, end }: VeloOrder, month: Month, before: Day): Said[] {
  const known = terms.filter(({ told }) => told < before);
  const last = end && end.told < before ? end.day : undefined;
  const days = daysOf(month);
  const byPrice = new Map<string, { worth: Fraction; days: Fraction }>();
  for (const day of days) {
    const held = known.findLast(({ from }) => from <= day);
    if (!held || (last !== undefined && day > last)) continue;
    const { quantity, unitPrice, discount } = held;
    const off = times(fraction(unitPrice), partOf(fraction(discount), 1, 100));
    const { worth, days: sum } = byPrice.get(`${unitPrice} ${discount}`) ?? {
      worth: minus(fraction(unitPrice), off),
      days: ZERO,
    };
    byPrice.set(`${unitPrice} ${discount}`, { worth, days: plus(sum, fraction(quantity)) });
  }
  return [...byPrice.values()].flatMap(({ worth, days: sum }) => {
    const quantity = rounded(partOf(sum, 1, days.length), 6);
    return isZero(quantity) ? [] : [{ key: keyText('EDGE', { of: orderNumber }), quantity, worth, inMinCommit: true }];
  });
}
