import * as z from 'zod';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { BILLING_ORDER_STATUSES } from '../domain/billing-order/status.ts';
import { period } from '../domain/calendar/period.ts';
import type { OrderRow } from '../use-cases/ports/billing-orders.ts';

/**
 * The row of an order in the indexes of its parties. Names are short because every row carries them. What lists show of
 * the contract comes from the contract's own row, so that it is never out of date here.
 */
export const OrderRowItem = z
  .object({
    id: z.string(),
    con: z.string(),
    per: z.string(),
    st: z.enum(BILLING_ORDER_STATUSES),
    art: z.enum(['AUTOMATED', 'NONE', 'FIXED']),
    pref: z.enum(['ONLINE', 'EDI']),
    rev: z.number().int(),
    no: z.string().optional(),
    var: z.boolean().optional(),
  })
  .transform(
    (row): OrderRow => ({
      id: row.id,
      contractId: row.con,
      usagePeriod: period(row.per),
      status: row.st,
      autoReportType: row.art,
      billingOrderPreference: row.pref,
      revision: row.rev,
      isFlagged: row.var === true,
      ...(row.no === undefined ? {} : { invoiceNumber: row.no }),
    }),
  );

export function orderRow(order: BillingOrder): z.input<typeof OrderRowItem> {
  return {
    id: order.id,
    con: order.contractId,
    per: order.usagePeriod,
    st: order.status,
    art: order.autoReportType,
    pref: order.billingOrderPreference,
    rev: order.revision,
    no: order.billed?.invoiceNumber,
    ...(order.variance?.flagged && { var: true }),
  };
}
