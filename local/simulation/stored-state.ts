import { unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import * as items from '../../lambdas/stores/items.ts';
import type { LocalDynamoDb } from '../dynamodb/server.ts';

type Stored<Schema extends z.ZodType> = z.infer<Schema>[];

/** Everything that the close has left in the table, read past the portal's own stores. */
export type StoredState = {
  orders: Stored<typeof items.BillingOrderItem>;
  /** Also those of sets that no order points to any more. */
  lines: (z.infer<typeof items.UsageLineItem> & { orderId: string; lineSet: string })[];
  invoices: Stored<typeof items.InvoiceItem>;
  receivables: Stored<typeof items.ReceivableItem>;
  reservations: Stored<typeof items.ReservationItem>;
  openReservations: Stored<typeof items.ReservationItem>;
  prepaymentBalances: Stored<typeof items.PrepaymentBalanceItem>;
  prepaymentEntries: Stored<typeof items.PrepaymentEntryItem>;
  audit: Stored<typeof items.AuditItem>;
  waitingEvents: Stored<typeof items.OutboxItem>;
  partyDocuments: Stored<typeof items.PartyDocumentItem>;
  requests: Stored<typeof items.ContractRequestItem>;
  asideContracts: Stored<typeof items.AsideContractItem>;
  runs: Stored<typeof items.CloseRunItem>;
  closes: Stored<typeof items.PeriodCloseItem>;
};

type ScanAnswer = { Items: Parameters<typeof unmarshall>[0][]; LastEvaluatedKey?: object };

/** Reads a whole table. */
export async function storedState(database: Pick<LocalDynamoDb, 'execute'>, table: string): Promise<StoredState> {
  const byEntity = new Map<string, Record<string, unknown>[]>();
  let start: object | undefined;
  do {
    const { body } = await database.execute('Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    const page = body as ScanAnswer;
    for (const item of page.Items.map((marshalled) => unmarshall(marshalled))) {
      const entity = String(item.entity);
      byEntity.set(entity, [...(byEntity.get(entity) ?? []), item]);
    }
    start = page.LastEvaluatedKey;
  } while (start);
  const all = <Schema extends z.ZodType>(entity: string, schema: Schema): Stored<Schema> =>
    (byEntity.get(entity) ?? []).map((item) => schema.parse(item));
  return {
    orders: all('BILLING_ORDER', items.BillingOrderItem),
    lines: (byEntity.get('USAGE_LINE') ?? []).map((item) => ({
      ...items.UsageLineItem.parse(item),
      orderId: String(item.pk).slice('ORDER#'.length),
      lineSet: String(String(item.sk).split('#')[1]),
    })),
    invoices: all('INVOICE', items.InvoiceItem),
    receivables: all('RECEIVABLE', items.ReceivableItem),
    reservations: all('RESERVATION', items.ReservationItem),
    openReservations: all('OPEN_RESERVATION', items.ReservationItem),
    prepaymentBalances: all('PREPAYMENT_BALANCE', items.PrepaymentBalanceItem),
    prepaymentEntries: all('PREPAYMENT_ENTRY', items.PrepaymentEntryItem),
    audit: all('AUDIT', items.AuditItem),
    waitingEvents: all('EVENT', items.OutboxItem),
    partyDocuments: all('PARTY_DOCUMENT', items.PartyDocumentItem),
    requests: all('CONTRACT_REQUEST', items.ContractRequestItem),
    asideContracts: all('ASIDE_CONTRACT', items.AsideContractItem),
    runs: all('CLOSE_RUN', items.CloseRunItem),
    closes: all('PERIOD_CLOSE', items.PeriodCloseItem),
  };
}
