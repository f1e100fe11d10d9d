import type { Period } from '../../../../lambdas/domain/calendar/period.ts';
import { takeCostReport } from '../../../../lambdas/use-cases/take-cost-report.ts';
import type { SeededRandom } from '../../../random.ts';
import { type Day, firstOf, type Month, monthsLater } from '../../lives/days.ts';
import { type Fraction, fraction, isZero, rounded, total } from '../../lives/fractions.ts';
import { split } from '../../lives/month-bill.ts';
import { DIGITS } from '../../lives/offer.ts';
import {
  decimal,
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

/** What AWS says of a month on a day; a bill once it has billed it. */
type Report = { month: Month; told: Day; bill?: string; costs: readonly { service: string; cost: string }[] };

export const accountOf = (n: number): string => String(100_000_000_000 + n);
const SERVICES = ['AmazonEC2', 'AmazonRDS', 'AmazonS3', 'Credits'] as const;

/** AWS tells what a month costs by now, what it has billed, and for some months better later on. */
export function tellResell(tale: Tale): FedStory {
  const { n, random, currency } = tale;
  const digits = DIGITS[currency as keyof typeof DIGITS];
  const reports = monthsOf(tale).flatMap((month) => reportsOf(random.fork(month), month));
  return {
    tellings: reports.map((report) => telling(report, { account: accountOf(n), currency })),
    said: (month, before) => {
      const report = reports.filter((each) => each.month === month && each.told < before).at(-1);
      return report ? saidBy(report, digits) : [];
    },
  };
}

function reportsOf(random: SeededRandom, month: Month): Report[] {
  const next = monthsLater(month, 1);
  const costs = () =>
    SERVICES.filter(() => random.chance(0.8)).flatMap((service) =>
      Array.from({ length: 1 + random.int(2) }, () => {
        const cost = decimal(random, 700);
        return { service, cost: service === 'Credits' ? `-${cost}` : `${cost}${random.int(1_000)}` };
      }),
    );
  const bill = `BILL-${month}`;
  const isLate = random.chance(0.25);
  const billed = isLate ? late(random, month) : `${next}-0${3 + random.int(5)}`;
  const better = `${monthsLater(month, 2)}-2${random.int(8)}`;
  const all: Report[] = [
    ...(random.chance(0.7) ? [{ month, told: `${month}-15`, costs: costs() }] : []),
    ...(random.chance(0.3) ? [{ month, told: firstOf(next), costs: costs() }] : []),
    ...(random.chance(0.9) ? [{ month, told: billed, bill, costs: costs() }] : []),
    ...(random.chance(0.3) && !isLate ? [{ month, told: better, bill: `${bill}-B`, costs: costs() }] : []),
  ];
  return all.filter(({ costs: of }) => of.length > 0);
}

function telling(
  { month, told, bill = '', costs }: Report,
  { account, currency }: { account: string; currency: string },
): Telling {
  const [from, to] = [month, monthsLater(month, 1)].map((of) => `${firstOf(of)}T00:00:00Z`);
  const rows = costs.map(({ service, cost }) => [account, from, to, currency, cost, service, 'Usage', bill].join(','));
  const bytes = Buffer.from([COLUMNS.join(','), ...rows].join('\n'));
  return {
    ...{ day: told, at: NOON, kind: bill === '' ? 'COST REPORT' : 'COST REPORT BILLED' },
    tell: (portal, { id: contractId }) =>
      takeCostReport(
        portal,
        { caller: VENDOR, contractId, usagePeriod: month as Period, now: portal.clock() },
        { bytes, gzip: false },
      ),
  };
}

const COLUMNS = [
  ...['bill_payer_account_id', 'bill_billing_period_start_date', 'bill_billing_period_end_date'],
  ...['line_item_currency_code', 'line_item_unblended_cost', 'line_item_product_code'],
  ...['line_item_line_item_type', 'bill_invoice_id'],
];

/** All costs are rounded once, then split over the services in the order of their codes. */
function saidBy({ costs }: Report, digits: number): Said[] {
  const exact = [...new Set(costs.map(({ service }) => service))].sort().map((service) => {
    const own = costs.filter((each) => each.service === service);
    return { service, exact: total(own.map(({ cost }) => fraction(cost))) };
  });
  const whole = rounded(total(exact.map((each) => each.exact)), digits);
  const amounts = split(whole, exact, digits);
  return exact.flatMap(({ service }, at) => {
    const quantity = amounts[at] as Fraction;
    return isZero(quantity) ? [] : [{ key: keyText(service, {}), quantity, worth: fraction('1'), inMinCommit: true }];
  });
}
