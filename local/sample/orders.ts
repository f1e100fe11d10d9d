import { type BillingOrder, FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import { addMonths, firstDay, monthsBetween, type Period } from '../../lambdas/domain/calendar/period.ts';
import { minimumCommitOf } from '../../lambdas/domain/contract/minimum-commit.ts';
import { hasBillingOrder } from '../../lambdas/domain/contract/order-months.ts';
import type { Points } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedOrder } from '../../lambdas/use-cases/import-programme.ts';
import type { SampleContract } from './contracts.ts';
import { idOf } from './ids.ts';
import { SAMPLE_TIERS } from './products.ts';
import type { Reported } from './situation.ts';
import { placesOf, usageLines } from './usage-lines.ts';

/**
 * The orders of a contract, from the first month of the history to the one after the latest period, which isn't closed yet:
 * when that month is over, the job of the day opens its orders. Those of the history are approved and wait for the close.
 */
export function ordersOf(seed: number, sample: SampleContract, first: Period, latest: Period): ImportedOrder[] {
  const places = placesOf(sample.family, sample.sites, sample.random.fork('places'));
  const isMetered = sample.family === 'RENTAL' && sample.random.chance(0.6);
  const reporting = isMetered ? 'AUTOMATED' : 'NONE';
  const { contract } = sample.imported;
  return periodsFrom(first, addMonths(latest, 1))
    .filter((period) => hasBillingOrder(contract, period))
    .map((period) => {
      const id = idOf(seed, `order ${contract.contractNumber} ${period}`);
      // Of the open month there is what meters have said: by hand it is reported once the month is over.
      const reported = period <= latest || isMetered ? reportedIn(sample, period, latest) : undefined;
      const drawn = reported ? usageLines(period, reported, places, (n) => idOf(seed, `line ${n} of ${id}`)) : [];
      const lines = isMetered ? drawn.map(filledIn) : drawn;
      return { order: orderOf(sample, { id, period, latest, lines, reporting }), lines };
    });
}

/** A line as a meter fills it in. */
const filledIn = (line: UsageLine): UsageLine => ({ ...line, origin: 'METER', prefilled: line.quantity });

export function periodsFrom(first: Period, last: Period): Period[] {
  return Array.from({ length: monthsBetween(first, last) + 1 }, (_, index) => addMonths(first, index));
}

// What has been reported of a month that is still open.
const OPEN_PERCENT = 40n;

function reportedIn(sample: SampleContract, period: Period, latest: Period): Reported | undefined {
  const { contract, revisions } = sample.imported;
  const minimum = minimumCommitOf(revisions, period, contract.eolDate);
  const reported = sample.situated.usage({ period, minimum, random: sample.random.fork(period) });
  if (period <= latest || !reported) return reported;
  return { ...reported, inside: ((reported.inside * OPEN_PERCENT) / 100n) as Points };
}

/** What an order is made of beside its month: its contract, and where that of the latest period stands. */
type OrderOwner = {
  imported: Pick<SampleContract['imported'], 'contract'>;
  situated: Pick<SampleContract['situated'], 'latestStatus'>;
};

type OrderFacts = {
  id: string;
  period: Period;
  latest: Period;
  lines: readonly UsageLine[];
  reporting: BillingOrder['autoReportType'];
};

/** The order of a month with these lines: approved in the history; after it `NOT_OPEN`, until the month is over. */
export function orderOf(sample: OrderOwner, { id, period, latest, lines, reporting }: OrderFacts): BillingOrder {
  const { contract } = sample.imported;
  const status = statusOf(sample, period, latest);
  const submitted = status === 'PENDING_AGGREGATOR' || status === 'PENDING_VENDOR';
  const suffix = `${contract.contractNumber.slice(-4)}-${period.slice(2).replace('-', '')}`;
  const approvedOrder = status === 'PENDING_VENDOR' ? `A${suffix}` : '';
  return {
    id,
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    serviceProviderId: contract.serviceProviderId,
    aggregatorId: contract.aggregatorId,
    usagePeriod: period,
    revision: 1,
    status,
    autoReportType: reporting,
    serviceProviderPurchaseOrder: submitted ? `S${suffix}` : '',
    vendorPurchaseOrder: contract.fillPurchaseOrderInMbo ? contract.vendorPurchaseOrder : approvedOrder,
    billingOrderPreference: contract.billingOrderPreference,
    lineSet: FIRST_LINE_SET,
    held: heldUsage(period, lines, SAMPLE_TIERS),
    lastModifiedTime: `${firstDay(period)}T00:00:00.000Z`,
    version: 1,
  };
}

function statusOf({ situated }: OrderOwner, period: Period, latest: Period): BillingOrderStatus {
  if (period < latest) return 'PENDING_VENDOR';
  return period === latest ? (situated.latestStatus ?? 'PENDING_VENDOR') : 'NOT_OPEN';
}
