import { decideDelivery } from '../../../../lambdas/use-cases/decide-delivery.ts';
import { enterDeliveries } from '../../../../lambdas/use-cases/enter-deliveries.ts';
import type { Portal } from '../../../../lambdas/use-cases/ports/portal.ts';
import type { SeededRandom } from '../../../random.ts';
import { type Day, daysLater, firstOf, lastOf, type Month, monthOf, monthsLater } from '../../lives/days.ts';
import { fraction } from '../../lives/fractions.ts';
import {
  AFTERNOON,
  dayIn,
  decimal,
  type FedStory,
  keyText,
  LATEST_DAYS,
  late,
  monthsOf,
  NOON,
  providerOf,
  type Said,
  type Tale,
  type Telling,
  VENDOR,
} from './fed-story.ts';

/** A service delivered, and what the parties do about it. */
type Delivery = {
  number: string;
  day: Day;
  code: string;
  measure: 'HOURS' | 'POINTS' | 'FIXED_FEE';
  quantity?: string;
  entered: Day;
  again?: Day;
  accepted?: true;
  disputed?: Day;
  /** What the vendor says to the dispute. */
  answered?: { day: Day; how: 'confirm' | 'withdraw' | 'correct'; quantity: string };
};

const WORTH = { HOURS: '12.5', POINTS: '1', FIXED_FEE: '340.75' } as const;

/** Professional services: some are entered late, some are disputed, and then confirmed, corrected or withdrawn, if anything. */
export function tellDeliveries(tale: Tale, family: 'GSS' | 'SRV'): FedStory {
  const { n, random } = tale;
  const deliveries = monthsOf(tale).flatMap((month) =>
    Array.from({ length: random.int(4) }, (_, at) =>
      deliveryIn(random.fork(`${month} ${at}`), month, { number: `SD-${n}-${month}-${at}`, family }),
    ),
  );
  return {
    tellings: deliveries.flatMap(tellingsOf),
    said: (month, before) =>
      deliveries.filter(({ day }) => monthOf(day) === month).flatMap((each) => saidOf(each, before)),
  };
}

function deliveryIn(
  random: SeededRandom,
  month: Month,
  { number, family }: { number: string; family: string },
): Delivery {
  const day = dayIn(random, month);
  const isLate = random.chance(0.35);
  const entered = isLate ? late(random, month) : daysLater(day, random.int(3));
  const measure = random.pick(['HOURS', 'POINTS', 'FIXED_FEE'] as const);
  const delivery: Delivery = {
    ...{ number, day, entered, measure },
    code: `${family}-${measure === 'HOURS' ? 'HOUR' : 'WORKSHOP'}`,
    ...(measure !== 'FIXED_FEE' && { quantity: decimal(random, 90) }),
  };
  if (!random.chance(0.45)) {
    const again = random.chance(0.2) ? daysLater(entered, 20 + random.int(60)) : undefined;
    return { ...delivery, ...(random.chance(0.4) && { accepted: true }), ...(again !== undefined && { again }) };
  }
  // What has been submitted is disputed no more: until then, and what comes late on the day it comes.
  const until = firstOf(monthsLater(month, 1));
  const disputed = isLate || entered >= until ? entered : daysLater(entered, random.int(2));
  if (random.chance(0.2)) return { ...delivery, disputed };
  const last = daysLater(lastOf(month), LATEST_DAYS + 10);
  const soon = daysLater(disputed, 1 + random.int(40));
  const how = random.pick(['confirm', 'withdraw', 'correct'] as const);
  const answered = { day: soon < last ? soon : last, how, quantity: decimal(random, 60) };
  return { ...delivery, disputed, answered };
}

function tellingsOf(delivery: Delivery): Telling[] {
  const { number, entered, again, accepted, disputed, answered } = delivery;
  const enter: Telling['tell'] = (portal, { id }) => entering(portal, id, delivery);
  const decide = (decision: 'accept' | 'dispute'): Telling['tell'] => {
    return (portal, contract) =>
      decideDelivery(portal, decision, {
        ...{ caller: providerOf(contract), number, now: portal.clock(), ifMatch: undefined },
        ...(decision === 'dispute' && { comment: 'Not as agreed' }),
      });
  };
  return [
    { day: entered, at: NOON, kind: 'DELIVERY', tell: enter },
    ...(again === undefined ? [] : [{ day: again, at: NOON, kind: 'DELIVERY AGAIN', tell: enter }]),
    ...(accepted ? [{ day: entered, at: AFTERNOON, kind: 'DELIVERY accept', tell: decide('accept') }] : []),
    ...(disputed === undefined
      ? []
      : [{ day: disputed, at: AFTERNOON, kind: 'DELIVERY dispute', tell: decide('dispute') }]),
    ...(answered ? [answer(delivery, answered)] : []),
  ];
}

async function entering(portal: Portal, contractId: string, delivery: Delivery): Promise<void> {
  const asked = { ...serviceOf(delivery, delivery.quantity), number: delivery.number, contractId };
  const [outcome] = await enterDeliveries(portal, { caller: VENDOR, now: portal.clock() }, [asked]);
  if (outcome?.result === 'REFUSED') throw outcome.problem;
}

function answer(delivery: Delivery, { day, how, quantity }: NonNullable<Delivery['answered']>): Telling {
  return {
    ...{ day, at: NOON, kind: `DELIVERY ${how}` },
    tell: (portal) =>
      decideDelivery(portal, how, {
        ...{ caller: VENDOR, number: delivery.number, now: portal.clock(), ifMatch: undefined, comment: 'As seen' },
        ...(how === 'correct' && { service: serviceOf(delivery, delivery.quantity && quantity) }),
      }),
  };
}

function serviceOf({ code, measure, day }: Delivery, quantity: string | undefined) {
  const service = { productCode: code, measure, deliveryDate: day, description: 'On site' };
  return quantity === undefined ? service : { ...service, quantity };
}

/** It counts while nobody disputes it: with what it was corrected to, unless that was to be withdrawn. */
function saidOf({ number, code, measure, quantity = '1', entered, disputed, answered }: Delivery, before: Day): Said[] {
  if (entered >= before) return [];
  const by = answered && answered.day < before ? answered : undefined;
  if (disputed !== undefined && disputed < before && (!by || by.how === 'withdraw')) return [];
  const corrected = by?.how === 'correct' && measure !== 'FIXED_FEE' ? by.quantity : quantity;
  return [
    {
      key: keyText(code, { of: number }),
      quantity: fraction(corrected),
      worth: fraction(WORTH[measure]),
      inMinCommit: true,
    },
  ];
}
