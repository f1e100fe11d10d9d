import type { Period } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import { linePoints } from '../charging/line-points.ts';
import { NO_QUANTITY, type Points, type PointsPerUnit, type Quantity, sum } from '../numbers/amounts.ts';
import { minOf } from '../numbers/decimal.ts';
import { commitmentIn, type HostCommitment, instalmentIn } from '../subscription/host-commitment.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { FedUsage } from '../usage/account-usage.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import type { LinePrice } from '../usage/usage-line.ts';
import type { UsageRecord } from './usage-record.ts';

/** What a month of an MSP contract is made of. */
export type CloudMonth = {
  of: Period;
  subscriptions: readonly Subscription[];
  /** All of the month, in any order. */
  records: readonly UsageRecord[];
  /** By code; of what was told, also what the catalogue has no more. */
  productOf: (code: string) => Pick<Product, 'name' | 'uom'> | undefined;
  /** What a product costs the contract by the price list of the month. */
  priceOf: (code: string) => LinePrice;
};

/**
 * All usage of a month of an MSP contract: each subscription's committed hosts at the price they were committed for, whether
 * used or not, and what the feed has told beside them at the list price. What is told of a committed product takes up the
 * committed hosts first, that which counts towards the minimum commit before the rest; only what is above is charged
 * (README of subscription/).
 */
export function cloudMonth({ of, subscriptions, records, productOf, priceOf }: CloudMonth): FedUsage[] {
  const byId = new Map(subscriptions.map((each) => [each.id, each]));
  const committed = subscriptions.flatMap((subscription): FedUsage[] => {
    const commitment = commitmentIn(subscription.commitments, of);
    const line = commitment && committedLine(subscription, commitment, of);
    return line ? [line] : [];
  });
  const free = new Map<string, Quantity>(
    subscriptions.map((each) => [each.id, commitmentIn(each.commitments, of)?.quantity ?? NO_QUANTITY]),
  );
  const used = usedOf(records).flatMap((usage): FedUsage[] => {
    const subscription = byId.get(usage.subscriptionId);
    if (!subscription) throw new Error(`subscription ${usage.subscriptionId} of usage records does not exist`);
    const isCommitted = usage.productCode === subscription.productCode;
    const left = isCommitted ? (free.get(subscription.id) ?? NO_QUANTITY) : NO_QUANTITY;
    const covered = minOf(left, usage.quantity);
    if (isCommitted) free.set(subscription.id, (left - covered) as Quantity);
    const quantity = (usage.quantity - covered) as Quantity;
    if (quantity === NO_QUANTITY) return [];
    const product = productOf(usage.productCode);
    if (!product) throw new Error(`product ${usage.productCode} of usage records is in no catalogue`);
    return [
      {
        ...lineOf(subscription, usage.productCode, product, quantity),
        price: priceOf(usage.productCode),
        inMinCommit: usage.inMinCommit,
        source: { subscriptionId: subscription.id, ...usage.named },
      },
    ];
  });
  return [...committed, ...used];
}

/** What usage of a month comes to by now, in the currency's major unit: towards the minimum commit and beside it. */
export function spentOn(usage: readonly FedUsage[], of: Period): Points {
  return sum(
    linePoints(
      usage.map((each, at) => ({ ...each, id: String(at), usagePeriod: of })),
      new Map(),
    ),
  );
}

const NO_POINTS_PER_UNIT = 0n as PointsPerUnit;

function lineOf(
  { customerNumber }: Subscription,
  productCode: string,
  { name: productName, uom }: Pick<Product, 'name' | 'uom'>,
  quantity: Quantity,
) {
  return {
    siteName: '',
    productCode,
    productName,
    customerNumber,
    uom,
    quantity,
    pointsPerUnit: NO_POINTS_PER_UNIT,
    origin: 'FEED',
  } as const;
}

function committedLine(subscription: Subscription, commitment: HostCommitment, of: Period): FedUsage | undefined {
  const quantity = instalmentIn(commitment, of);
  if (quantity === NO_QUANTITY) return undefined;
  const { id, productCode, productName: name, uom } = subscription;
  return {
    ...lineOf(subscription, productCode, { name, uom }, quantity),
    price: commitment.price,
    inMinCommit: true,
    source: { subscriptionId: id, commitmentId: commitment.id },
  };
}

type Used = Pick<UsageRecord, 'subscriptionId' | 'productCode' | 'quantity' | 'inMinCommit'> & {
  named: Pick<UsageRecord, 'proformaNumber' | 'invoiceNumber'>;
};

/** Records added up by subscription, product and whether they count towards the minimum commit, those that do first. */
function usedOf(records: readonly UsageRecord[]): Used[] {
  const inOrder = [...records].sort((a, b) => compareCodePoints(a.end, b.end) || compareCodePoints(a.id, b.id));
  const groups = Map.groupBy(inOrder, ({ subscriptionId, productCode, inMinCommit }) =>
    JSON.stringify([inMinCommit ? 0 : 1, subscriptionId, productCode]),
  );
  return [...groups]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .flatMap(([, group]) => {
      const [first] = group;
      if (!first) return [];
      const { subscriptionId, productCode, inMinCommit } = first;
      const quantity = sum(group.map((record) => record.quantity));
      const last = (name: 'proformaNumber' | 'invoiceNumber') =>
        group.findLast((record) => record[name] !== undefined)?.[name];
      const [proformaNumber, invoiceNumber] = [last('proformaNumber'), last('invoiceNumber')];
      const named = {
        ...(proformaNumber === undefined ? {} : { proformaNumber }),
        ...(invoiceNumber === undefined ? {} : { invoiceNumber }),
      };
      return [{ subscriptionId, productCode, inMinCommit, quantity, named }];
    });
}
