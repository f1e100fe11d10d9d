import type { CutoffPolicy } from '../../../lambdas/domain/calendar/programme-calendar.ts';
import { formatQuantity } from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import type { ImportedContract } from '../../../lambdas/use-cases/import-programme.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import { seededRandom } from '../../random.ts';
import { type Day, type Month, monthsLater } from '../lives/days.ts';
import {
  type Fraction,
  fraction,
  isZero,
  larger,
  minus,
  rounded,
  short,
  times,
  total,
  ZERO,
} from '../lives/fractions.ts';
import { type Bill, billOf } from '../lives/month-bill.ts';
import { DIGITS } from '../lives/offer.ts';
import type { Usage } from '../lives/story.ts';
import { MONTHS_AFTER, type Provider, SITES, type Year, type YearEvent } from './events.ts';
import { type ExpectedUsage, expectedUsage } from './expected-usage.ts';
import { tellFed } from './fed/fed-programme.ts';
import { keyOf, type Said } from './fed/fed-story.ts';
import { accountedFor, liveEvent } from './live-year.ts';
import { quantityDifferences, sumsOf } from './quantities.ts';
import { byTime, reviewOf } from './tell-year.ts';
import { termsOf, type YearTerms } from './year-contract.ts';
import { BY_HAND, codeOf, customerMinimums, customerNumberAt, METERED } from './year-programme.ts';

/** Something that happens to a contract; what isn't possible as things stand is left out. */
export type Happening = {
  day: Day;
  at: string;
  kind: string;
  isPossible: () => boolean;
  happen: (portal: Portal) => Promise<unknown>;
};

/** A contract as it lives: what happens to it, and what must be accounted for by then. */
export type Living = {
  /** Number of the provider. */
  n: number;
  /** What the contract is of. */
  kind: string;
  contract: ImportedContract;
  terms: YearTerms;
  happenings: readonly Happening[];
  /** What was uploaded and told is filled into orders. */
  fill: () => void;
  cutOff: (month: Month) => void;
  /** Months whose usage can be compared when a month is closed on a day, and how it differs. */
  look: (portal: Portal, closed: Month, day: Day) => Promise<{ looks: number; differences: string[] }>;
  /** What a month must come to in the end. */
  billOf: (month: Month) => Bill | undefined;
};

export const nameOf = ({ n, kind }: Pick<Living, 'n' | 'kind'>): string => `provider ${n} (${kind})`;

/** A contract whose usage its service provider reports, by meter or by hand. */
export function reportedLiving(
  provider: Provider,
  contract: ImportedContract,
  { first, cutoffPolicy }: { first: Month; cutoffPolicy: CutoffPolicy },
): Living {
  const { n, track } = provider;
  const expected = expectedUsage(provider, cutoffPolicy);
  const terms = termsOf(contract);
  const [metered, byHand] = [codeOf(METERED, track), codeOf(BY_HAND, track)];
  const placeOf = (productCode: string, siteName: string, customerNumber: string) =>
    [productCode, siteName, customerNumber].join(' ');
  const mustBe = (month: Month) =>
    SITES.flatMap((site) => [
      { site, code: metered, quantity: expected.accountsOf(month)[site].all },
      { site, code: byHand, quantity: expected.addedOf(month)[site] ?? ZERO },
    ]);
  return {
    ...{ n, kind: track, contract, terms },
    happenings: provider.events.map((event) => happeningOf(event, contract, provider, expected)),
    fill: expected.fill,
    cutOff: expected.cutOff,
    look: async (portal) => {
      const months = expected.months();
      const differences: string[] = [];
      for (const month of months) {
        const must = mustBe(month).map(
          ({ site, code, quantity }) => [placeOf(code, site, customerNumberAt(n, track, site)), quantity] as const,
        );
        const has = await quantitiesOf(portal, contract, month, (line) =>
          placeOf(line.productCode, line.siteName, line.customerNumber),
        );
        differences.push(...quantityDifferences(month, has, sumsOf(must)));
      }
      return { looks: months.length, differences };
    },
    billOf: (month) => {
      const usage = mustBe(month).map(({ site, code, quantity }) => {
        const { pointsPerUnit } = code === metered ? METERED : BY_HAND;
        return { id: `${site} ${code}`, site, product: code, quantity, pointsPerUnit };
      });
      // What an end customer lacks counts as reported, like usage of so many points.
      const lacking = customerMinimums(track, first, month).map(({ at, minimum }, place) => {
        const points = usage
          .filter(({ site }) => site === at)
          .map((each) => times(each.quantity, fraction(each.pointsPerUnit)));
        const quantity = larger(ZERO, minus(minimum, total(points)));
        return { id: `lacking ${place}`, site: '', product: '', quantity, pointsPerUnit: '1' };
      });
      return billOf([...usage, ...lacking].filter(({ quantity }) => !isZero(quantity)).map(written), terms);
    },
  };
}

function happeningOf(
  event: YearEvent,
  contract: ImportedContract,
  provider: Provider,
  expected: ExpectedUsage,
): Happening {
  return {
    ...{ day: event.day, at: event.at },
    kind: event.do === 'END_ADJUSTMENT' ? `${event.do} ${event.how}` : event.do,
    isPossible: () => expected.happens(event),
    happen: async (portal) => {
      await liveEvent(portal, contract, provider, event);
      expected.apply(event);
    },
  };
}

const written = ({
  quantity,
  ...usage
}: Omit<Usage, 'quantity' | 'customer' | 'inMinCommit'> & { quantity: Fraction }) => ({
  ...usage,
  ...{ customer: '', inMinCommit: true, quantity: short(quantity) },
});

/** A contract whose usage others tell. Its orders go back and forth as all, but for those that the system submits. */
export function fedLiving({ n }: Provider, contract: ImportedContract, { seed, first, months }: Year): Living {
  const { currency, listing } = contract.contract;
  const random = seededRandom(seed).fork(`fed ${n}`);
  const story = tellFed({ n, random: random.fork('tale'), first, months, currency });
  const terms = termsOf(contract);
  const inMoney = !['GSS', 'SRV'].includes(listing.familyType);
  const all = Array.from({ length: months + MONTHS_AFTER }, (_, at) => monthsLater(first, at));
  const isExternal = listing.familyType === 'AWS_RESELL';
  const reviewed = isExternal ? [] : all;
  const reviews = reviewed.flatMap((month, at) =>
    at < months ? reviewOf(random.fork(month), month) : approvalOf(month),
  );
  const happenings = [
    ...story.tellings.map(
      ({ tell, ...told }): Happening => ({
        ...told,
        isPossible: () => true,
        happen: (portal) => tell(portal, contract.contract),
      }),
    ),
    ...reviews.map(
      (event): Happening => ({
        ...{ day: event.day, at: event.at, kind: event.do, isPossible: () => true },
        happen: (portal) => liveEvent(portal, contract, { n, track: 'RENTAL' }, event),
      }),
    ),
  ].sort(byTime);
  return {
    ...{ n, kind: `${listing.familyType} ${listing.contractType}`, contract, terms, happenings },
    fill: () => undefined,
    cutOff: () => undefined,
    look: async (portal, closed, day) => {
      const begun = all.filter((month) => month <= closed);
      const differences: string[] = [];
      for (const month of begun) {
        const must = sumsOf(story.said(month, day).map(({ key, quantity }) => [key, quantity] as const));
        differences.push(...quantityDifferences(month, await quantitiesOf(portal, contract, month, keyOf), must));
      }
      return { looks: begun.length, differences };
    },
    billOf: (month) => {
      const worthOf = ({ quantity, worth }: Said) => {
        const exact = times(quantity, worth);
        return inMoney ? rounded(exact, DIGITS[terms.currency]) : exact;
      };
      const usage = story.said(month, END).map(
        (said): Usage => ({
          ...{ id: said.key, site: '', product: said.key, customer: '', pointsPerUnit: '1' },
          ...{ quantity: short(worthOf(said)), inMinCommit: said.inMinCommit },
        }),
      );
      // AWS bills more credits than costs, too.
      if (isExternal) return { lines: [], net: total(usage.map(({ quantity }) => fraction(quantity))) };
      const minimum = story.minimum?.(month, terms.minimum) ?? terms.minimum;
      return billOf(usage, { ...terms, minimum });
    },
  };
}

/** Some usage goes on after the year: nothing of it is held back then. */
function approvalOf(month: Month): YearEvent[] {
  const on = (day: string) => `${monthsLater(month, 1)}-${day}`;
  return [
    { day: on('08'), at: '09:00:00', do: 'SUBMIT', month },
    { day: on('09'), at: '15:00:00', do: 'APPROVE', month },
  ];
}

const END: Day = '9999-12-31';

async function quantitiesOf(
  portal: Portal,
  { contract }: ImportedContract,
  month: Month,
  keyOfLine: (line: UsageLine) => string,
): Promise<Map<string, Fraction>> {
  const lines = await accountedFor(portal, contract.id, month);
  return sumsOf(lines.map((line) => [keyOfLine(line), fraction(formatQuantity(line.quantity))] as const));
}
