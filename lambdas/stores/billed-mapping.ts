import type * as z from 'zod';
import type { BilledOrder } from '../domain/billing-order/billing-order.ts';
import type { OrderSummary } from '../domain/billing-order/summary.ts';
import { formatPercent, formatPoints, type MinorUnits, percent, points } from '../domain/numbers/amounts.ts';
import type { BillingOrderItem } from './items.ts';

type StoredBilled = NonNullable<z.infer<typeof BillingOrderItem>['billed']>;

/** How an order was closed ↔ what is stored of it. */
export function toBilledItem({ summary, bills, ...billed }: BilledOrder): StoredBilled {
  const { listPrice, sellingPrice, discount, ...totals } = summary;
  return {
    ...billed,
    ...(bills && { bills: [...bills] }),
    summary: {
      ...mapped(totals, formatPoints),
      listPrice: String(listPrice),
      sellingPrice: String(sellingPrice),
      discount: formatPercent(discount),
    },
  };
}

export function fromBilledItem({ summary, invoiceNumber, bills, ...billed }: StoredBilled): BilledOrder {
  const { listPrice, sellingPrice, discount, ...totals } = summary;
  return {
    ...billed,
    ...(invoiceNumber !== undefined && { invoiceNumber }),
    ...(bills && { bills }),
    summary: {
      ...mapped(totals, points),
      listPrice: BigInt(listPrice) as MinorUnits,
      sellingPrice: BigInt(sellingPrice) as MinorUnits,
      discount: percent(discount),
    },
  };
}

type Total = Exclude<keyof OrderSummary, 'listPrice' | 'sellingPrice' | 'discount'>;

function mapped<From, To>(totals: Record<Total, From>, map: (value: From) => To): Record<Total, To> {
  return {
    minimumCommit: map(totals.minimumCommit),
    reported: map(totals.reported),
    overage: map(totals.overage),
    underage: map(totals.underage),
    total: map(totals.total),
  };
}
