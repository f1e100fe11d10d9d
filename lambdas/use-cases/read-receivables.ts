import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { FamilyType } from '../domain/catalogue/family.ts';
import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { parseMoney } from '../domain/numbers/currency.ts';
import { type Age, type Ageing, ageing, ageOf, daysOverdue } from '../domain/receivables/ageing.ts';
import { type LedgerEntry, type OpenItem, openItems } from '../domain/receivables/open-items.ts';
import { creditLeft, openAmount, type Payment } from '../domain/receivables/payment.ts';
import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { OPEN_ITEM_LIST } from './lists/open-item-list.ts';
import { paidInvoice, payable } from './payment-changes.ts';
import type { AccountRow, StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';

type ReadPortal = Pick<Portal, 'invoices' | 'contracts'>;

/** An open item as lists show it. */
export type OpenItemRow = OpenItem &
  Pick<AccountRow, 'usagePeriod' | 'contractNumber' | 'serviceProviderId'> & {
    /** Product family of the contract; absent where that isn't the aggregator's any more. */
    familyType?: FamilyType;
    age: Age;
    daysOverdue: number;
  };

/**
 * What an aggregator has open, by currency and age. All entries of its ledger are read, from an index that may lag behind.
 */
export async function readAgeing(portal: ReadPortal, aggregatorId: string, now: Date): Promise<Ageing[]> {
  const entries = (await entriesOf(portal, aggregatorId)).map(ledgerEntry);
  return ageing(openItems(entries), dateOf(now));
}

/**
 * Documents of an aggregator of which something is open, what is late first: of all its service providers, with whom they are of.
 * @throws PortalError BAD_REQUEST for a wrong filter or sort, or when there are too many
 */
export async function listOpenItems(
  portal: ReadPortal,
  aggregatorId: string,
  query: ListQuery,
  now: Date,
): Promise<Page<OpenItemRow>> {
  const page = compileList(OPEN_ITEM_LIST, query);
  const [entries, contracts] = await Promise.all([
    entriesOf(portal, aggregatorId),
    portal.contracts.ofAggregator(aggregatorId),
  ]);
  const rows = new Map(entries.map((row) => [row.corrects ?? row.number, row]));
  const families = new Map(contracts.map(({ contractNumber, familyType }) => [contractNumber, familyType]));
  const open = openItems(entries.map(ledgerEntry)).filter((item) => item.open !== 0n);
  return page(open.map((item) => rowOf(item, rows.get(item.number) as AccountRow, families, dateOf(now))));
}

function rowOf(
  item: OpenItem,
  { usagePeriod, contractNumber, serviceProviderId }: AccountRow,
  families: ReadonlyMap<string, FamilyType>,
  today: PlainDate,
): OpenItemRow {
  const familyType = families.get(contractNumber);
  return {
    ...item,
    ...{ usagePeriod, contractNumber, serviceProviderId },
    ...(familyType !== undefined && { familyType }),
    age: ageOf(item, today),
    daysOverdue: daysOverdue(item, today),
  };
}

/** Payments of an invoice, and what of it is open. @throws PortalError NOT_FOUND */
export async function readPayments(
  portal: Pick<Portal, 'invoices' | 'payments'>,
  caller: Caller,
  number: string,
): Promise<{ invoice: StoredInvoice; paid: MinorUnits; open: MinorUnits; credit: MinorUnits; payments: Payment[] }> {
  const found = await paidInvoice(portal, caller, 'readAccounts', number);
  const payments = await portal.payments.ofInvoice(number);
  const left = { open: openAmount(payable(found)), credit: creditLeft(payable(found)) };
  return { invoice: found.invoice, paid: found.before.paid, ...left, payments };
}

const entriesOf = (portal: Pick<Portal, 'invoices'>, aggregatorId: string): Promise<AccountRow[]> =>
  Array.fromAsync(portal.invoices.accountOf(aggregatorId));

function ledgerEntry({ number, kind, currency, amount, date, dueDate, corrects }: AccountRow): LedgerEntry {
  return {
    ...{ number, kind, currency, date },
    amount: parseMoney(amount, currency) as MinorUnits,
    ...(dueDate !== undefined && { dueDate }),
    ...(corrects !== undefined && { corrects }),
  };
}
