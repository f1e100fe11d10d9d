import type { Period } from '../domain/calendar/period.ts';
import { rosterShard } from '../domain/close/roster.ts';
import type {
  AccountRow,
  InvoiceLists,
  InvoiceRow,
  Invoices,
  ReceivableEntry,
  StoredInvoice,
} from '../use-cases/ports/invoices.ts';
import { InvoiceItem, ReceivableItem } from './items.ts';
import { keys, OWNER_SHARDS, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** What an index keeps of an invoice beside its sort key, `<invoiceDate>#<number>`. */
type KeptRow = Omit<InvoiceRow, 'number' | 'invoiceDate'>;

/** Invoices and credit notes, and the receivables ledger that they are entered in. */
export function openInvoices(table: Table): Invoices & InvoiceLists {
  const invoiceOf = (item: Item) => read(InvoiceItem, item) as StoredInvoice;

  const rowsOf = async (index: 'gsi1' | 'gsi2', owner: string): Promise<InvoiceRow[]> =>
    (await ownerEntries(table, index, owner)).map((item): InvoiceRow => {
      const [invoiceDate = '', number = ''] = String(item[`${index}sk`]).split('#');
      return { ...(item.row as KeptRow), invoiceDate, number };
    });

  async function* receivables(period: Period, shard: number): AsyncGenerator<ReceivableEntry> {
    for await (const item of table.query(keys.receivables(period, shard))) {
      yield read(ReceivableItem, item) as ReceivableEntry;
    }
  }

  async function* accountOf(aggregatorId: string): AsyncGenerator<AccountRow> {
    for (let shard = 0; shard < OWNER_SHARDS; shard++) {
      const partition = `AGGREGATOR#${aggregatorId}#RECEIVABLES#${shard}`;
      for await (const item of table.query(partition, { index: 'gsi3' })) yield item.row as AccountRow;
    }
  }

  return {
    get: async (number) => {
      const item = await table.get(keys.invoice(number));
      return item && invoiceOf(item);
    },
    getMany: async (numbers) => (await table.batchGet(numbers.map(keys.invoice))).map(invoiceOf),
    receivables,
    accountOf,
    ofAggregator: (aggregatorId) => rowsOf('gsi2', `AGGREGATOR#${aggregatorId}#INVOICES`),
    ofPeriod: (period) => rowsOf('gsi1', `INVOICES#${period}`),

    credited: (number, by) =>
      table.updated(`invoice ${number} is taken back by ${by}`, keys.invoice(number), {
        expression: 'SET creditedBy = :by',
        condition: 'attribute_exists(pk) AND attribute_not_exists(creditedBy)',
        values: { ':by': by },
      }),

    issued: (invoice) => [
      table.putNew(`invoice ${invoice.number}`, invoiceItem(invoice)),
      table.putNew(
        `receivable of ${invoice.number}`,
        stored<typeof ReceivableItem>(
          'RECEIVABLE',
          { pk: keys.receivables(invoice.usagePeriod, rosterShard(invoice.contractId)), sk: invoice.number },
          {
            number: invoice.number,
            kind: invoice.kind,
            usagePeriod: invoice.usagePeriod,
            aggregatorId: invoice.aggregatorId,
            contractId: invoice.contractId,
            source: invoice.source,
            currency: invoice.currency,
            amount: invoice.gross,
          },
          {
            gsi3pk: `AGGREGATOR#${invoice.aggregatorId}#RECEIVABLES#${ownerShard(invoice.number)}`,
            gsi3sk: `${invoice.currency}#${invoice.invoiceDate}#${invoice.number}`,
            row: {
              number: invoice.number,
              kind: invoice.kind,
              usagePeriod: invoice.usagePeriod,
              currency: invoice.currency,
              amount: invoice.gross,
              date: invoice.invoiceDate,
              dueDate: invoice.dueDate,
              contractNumber: invoice.contractNumber,
              serviceProviderId: invoice.serviceProviderId,
              ...(invoice.corrects !== undefined && { corrects: invoice.corrects }),
            },
          },
        ),
      ),
    ],
  };
}

function invoiceItem(invoice: StoredInvoice) {
  const shard = ownerShard(invoice.number);
  const place = `${invoice.invoiceDate}#${invoice.number}`;
  // Number and date stand in the sort keys: without them here an invoice is below 1 KB, and written for half.
  const row: KeptRow = {
    kind: invoice.kind,
    usagePeriod: invoice.usagePeriod,
    aggregatorId: invoice.aggregatorId,
    serviceProviderId: invoice.serviceProviderId,
    contractNumber: invoice.contractNumber,
    currency: invoice.currency,
    gross: invoice.gross,
  };
  return stored<typeof InvoiceItem>('INVOICE', keys.invoice(invoice.number), invoice, {
    gsi1pk: `INVOICES#${invoice.usagePeriod}#${shard}`,
    gsi1sk: place,
    gsi2pk: `AGGREGATOR#${invoice.aggregatorId}#INVOICES#${shard}`,
    gsi2sk: place,
    row,
  });
}
