import { heldUsage, NOTHING_HELD } from '../../lambdas/domain/billing-order/held-usage.ts';
import { addMonths, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { CutoffPolicy } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { costLines } from '../../lambdas/domain/cost-report/cost-lines.ts';
import { type MinorUnits, points, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../../lambdas/use-cases/import-programme.ts';
import { withDueRequests } from './due-requests.ts';
import { plainId, plainProgramme } from './plain-programme.ts';

/** What a programme for trying the close is made of. */
export type Shape = {
  contracts: number;
  /** One contract's SKU has no price. */
  unpriced: boolean;
  /** One order's lines are not all that it says it holds. */
  mismatch: boolean;
  /** Some contracts have an order of the month before, too. */
  earlier: boolean;
  /** Something that should have taken effect in the period is still due on some contracts. @default false */
  due?: boolean;
  /** Contracts of all tracks, beginning with this one of them; 'RENTAL' for none but that. @default 0 */
  tracks?: number | 'RENTAL';
  /** What the cutoff bills orders with that it moves on. @default billAsReported */
  cutoffPolicy?: CutoffPolicy;
  /** AWS bills one contract itself. @default false */
  external?: boolean;
};

/** A programme of whose orders the given ones can't be billed, and one has nothing to bill. */
export type CloseProgramme = Programme & { orders: readonly ImportedOrder[]; unbillable: readonly string[] };

const LINES = 2;
// Of each fourth contracts the first is PAY-GO, the third CUSTOM (plain-programme.ts).
const UNPRICED = 4;
const MISMATCHED = 5;
const EXTERNAL = 1;
const NOTHING_TO_BILL = 2;
const EARLIER = 4;
const EARLIER_ORDER = 8;

/** Contracts of all three types, orders in all states that the cutoff finds, some of which can't be billed. */
export function closeProgramme(period: Period, shape: Shape): CloseProgramme {
  const plain = plainProgramme({
    period,
    contracts: shape.contracts,
    lines: LINES,
    aggregators: 3,
    ...(shape.tracks !== 'RENTAL' && { tracksFrom: shape.tracks ?? 0 }),
  });
  const contracts = [...(plain.contracts ?? [])];
  const orders = [...(plain.orders as Iterable<ImportedOrder>)];
  change(contracts, NOTHING_TO_BILL, withoutMinimum);
  change(orders, NOTHING_TO_BILL, withoutLines);
  if (shape.external) {
    change(contracts, EXTERNAL, ofAwsResell);
    change(orders, EXTERNAL, withCosts);
  }
  if (shape.earlier) orders.push(...orders.slice(0, EARLIER).map((order, n) => monthBefore(order, n, period)));
  const unbillable: string[] = [];
  if (shape.unpriced) {
    change(contracts, UNPRICED, withoutPrice);
    unbillable.push((orders[UNPRICED] as ImportedOrder).order.id);
  }
  if (shape.mismatch) {
    change(orders, MISMATCHED, withAnotherQuantity);
    unbillable.push((orders[MISMATCHED] as ImportedOrder).order.id);
  }
  if (!shape.due) return { ...plain, contracts, orders, unbillable };
  return { ...plain, ...withDueRequests(period, contracts), orders, unbillable };
}

function change<Entry>(entries: Entry[], at: number, to: (entry: Entry) => Entry): void {
  entries[at] = to(entries[at] as Entry);
}

function withoutMinimum(imported: ImportedContract): ImportedContract {
  const none = Array.from({ length: 12 }, () => points('0'));
  return { ...imported, revisions: imported.revisions.map((revision) => ({ ...revision, minCommits: none })) };
}

function ofAwsResell({ contract, revisions, ...imported }: ImportedContract): ImportedContract {
  const sku = { code: 'PLAIN-AWS', contractType: 'PAY-GO', family: 'AWS_RESELL', minimumPoints: points('0') } as const;
  return {
    ...imported,
    contract: { ...contract, listing: { ...contract.listing, skuCode: sku.code, familyType: 'AWS_RESELL' } },
    revisions: revisions.map((revision) => ({ ...revision, sku })),
  };
}

/** The usage of an order as AWS says what it costs, in EUR. */
function withCosts({ order }: ImportedOrder): ImportedOrder {
  const costs = { AmazonEC2: 1_234_56n, AmazonS3: 7n, TAX: -12_00n };
  const services = Object.entries(costs).map(([code, amount]) => ({
    ...{ code, name: code, amount: amount as MinorUnits, bills: ['BILL-1'] },
  }));
  const lines = costLines({ services, currency: 'EUR' }).map(
    (line, at): UsageLine => ({
      ...line,
      id: `line-${at}`,
      usagePeriod: order.usagePeriod,
    }),
  );
  return { order: { ...order, held: heldUsage(order.usagePeriod, lines, new Map()) }, lines };
}

function monthBefore({ order, lines }: ImportedOrder, n: number, period: Period): ImportedOrder {
  const usagePeriod = addMonths(period, -1);
  return {
    order: { ...order, id: plainId(EARLIER_ORDER, n), usagePeriod },
    lines: lines.map((line) => ({ ...line, usagePeriod })),
  };
}

function withoutLines({ order }: ImportedOrder): ImportedOrder {
  return { order: { ...order, held: NOTHING_HELD }, lines: [] };
}

function withoutPrice(imported: ImportedContract): ImportedContract {
  const revisions = imported.revisions.map((revision) => ({
    ...revision,
    sku: { ...revision.sku, code: 'NOT-IN-ANY-PRICE-LIST' },
  }));
  return { ...imported, revisions };
}

function withAnotherQuantity({ order, lines }: ImportedOrder): ImportedOrder {
  return { order: { ...order, held: { ...order.held, quantity: quantity('1') } }, lines };
}
