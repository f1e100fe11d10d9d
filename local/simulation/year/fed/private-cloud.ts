import type { Period } from '../../../../lambdas/domain/calendar/period.ts';
import { makeProductCommitment } from '../../../../lambdas/use-cases/make-product-commitment.ts';
import { type AskedUse, sayCustomerUse } from '../../../../lambdas/use-cases/say-customer-use.ts';
import type { SeededRandom } from '../../../random.ts';
import { type Day, daysLater, firstOf, type Month, monthsLater } from '../../lives/days.ts';
import { fraction, isMore, minus } from '../../lives/fractions.ts';
import {
  decimal,
  type FedStory,
  fedCustomer,
  keyText,
  late,
  monthsOf,
  NOON,
  providerOf,
  type Said,
  type Tale,
  type Telling,
  VENDOR,
} from './fed-story.ts';
import { netPrices } from './net-prices.ts';

const HOST = 'PRIVATE-HOST';
const STORAGE = 'PRIVATE-STORAGE';
const UOMS: Readonly<Record<string, string>> = { [HOST]: 'Host', [STORAGE]: 'TB' };

type Commitment = { place: number; code: string; quantity: string; from: Month; made: Day };
/** All that was used in a month, as it was said on a day. */
type Use = { month: Month; told: Day; used: readonly { place: number; code: string; quantity: string }[] };

/** Private clouds: what two customers have committed to for a year, and what they use, which is said late, or anew. */
export function tellPrivateCloud(tale: Tale, { isNegotiated }: { isNegotiated: boolean }): FedStory {
  const { n, random, first } = tale;
  const commitments: Commitment[] = [
    { place: 0, code: HOST, quantity: decimal(random, 20), from: first, made: daysLater(firstOf(first), 4) },
    {
      place: 1,
      code: STORAGE,
      quantity: decimal(random, 30),
      from: monthsLater(first, 2),
      made: `${monthsLater(first, 1)}-20`,
    },
  ];
  const uses = monthsOf(tale).flatMap((month) => usesIn(random.fork(month), month));
  const price = netPrices(first, isNegotiated);
  return {
    tellings: [...commitments.map((each) => committing(n, each)), ...uses.map((use) => saying(n, use))],
    said: (month, before) => {
      const held = commitments.filter(
        ({ from, made }) => made < before && month >= from && month < monthsLater(from, 12),
      );
      const use = uses.filter((each) => each.month === month && each.told < before).at(-1);
      const line = (place: number, code: string, at: Month, of?: string) => ({
        key: keyText(code, { customer: fedCustomer(n, place).customerNumber, ...(of !== undefined && { of }) }),
        ...{ worth: price(code, at), inMinCommit: true },
      });
      const above = (use?.used ?? []).flatMap(({ place, code, quantity }): Said[] => {
        const own = held.find((each) => each.place === place && each.code === code);
        const [used, free] = [fraction(quantity), fraction(own?.quantity ?? '0')];
        return isMore(used, free) ? [{ ...line(place, code, month), quantity: minus(used, free) }] : [];
      });
      return [
        ...held.map(({ place, code, from, quantity }) => ({
          ...line(place, code, from, 'committed'),
          quantity: fraction(quantity),
        })),
        ...above,
      ];
    },
  };
}

/** Up to three times something is said of a month, in the order of time. */
function usesIn(random: SeededRandom, month: Month): Use[] {
  const next = monthsLater(month, 1);
  const used = () =>
    [0, 1].flatMap((place) =>
      [HOST, STORAGE].filter(() => random.chance(0.7)).map((code) => ({ place, code, quantity: decimal(random, 40) })),
    );
  const days = [`${month}-20`, firstOf(next), late(random, month)].filter(() => random.chance(0.6));
  return [...new Set(days)].sort().map((told) => ({ month, told, used: used() }));
}

function committing(n: number, { place, code, quantity, from, made }: Commitment): Telling {
  return {
    ...{ day: made, at: NOON, kind: 'PRODUCT COMMITMENT' },
    tell: (portal, contract) =>
      makeProductCommitment(
        portal,
        { caller: providerOf(contract), contractId: contract.id, now: portal.clock() },
        {
          ...{ name: 'For a year', customerId: fedCustomer(n, place).id, product: code, uom: UOMS[code] ?? '' },
          ...{ quantity, bol: from, term: 'YEAR_1' },
        },
      ),
  };
}

function saying(n: number, { month, told, used }: Use): Telling {
  const asked = used.map(
    ({ place, code, quantity }): AskedUse => ({ customerNumber: fedCustomer(n, place).customerNumber, code, quantity }),
  );
  return {
    ...{ day: told, at: NOON, kind: 'CUSTOMER USE' },
    tell: (portal, { id: contractId }) =>
      sayCustomerUse(portal, { caller: VENDOR, contractId, period: month as Period, now: portal.clock() }, asked),
  };
}
