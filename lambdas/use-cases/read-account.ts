import type { PlainDate } from '../domain/calendar/period.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import type { LedgerKind } from '../domain/receivables/open-items.ts';
import { ACCOUNT_ENTRY_LIST } from './lists/account-entry-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { AccountRow } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';

export type AccountPortal = Pick<Portal, 'invoices'>;

/** An aggregator's account in one currency; exact decimals in its major unit. */
export type Balance = {
  currency: string;
  /** What all entries before the day asked for have come to. */
  opening: string;
  /** Since then: invoices, and what was credited or paid, which is negative. */
  invoiced: string;
  credited: string;
  paid: string;
  entries: number;
  balance: string;
};

/**
 * What an aggregator's entries in the receivables ledger come to, one balance of each currency (domain.md §2). All entries
 * are read, from an index that may lag behind by a moment; none is kept.
 *
 * @param from the day it begins with; all of it unless told otherwise
 */
export async function readAccount(
  portal: AccountPortal,
  aggregatorId: string,
  from: PlainDate | undefined,
): Promise<Balance[]> {
  const balances = new Map<string, Balance>();
  for await (const { currency, date, amount, kind } of portal.invoices.accountOf(aggregatorId)) {
    const before = balances.get(currency) ?? {
      ...{ currency, entries: 0 },
      ...{ opening: '0', invoiced: '0', credited: '0', paid: '0', balance: '0' },
    };
    const part = from !== undefined && date < from ? 'opening' : partOf(kind, amount);
    balances.set(currency, {
      ...before,
      [part]: addDecimals(before[part], amount),
      entries: before.entries + (part === 'opening' ? 0 : 1),
      balance: addDecimals(before.balance, amount),
    });
  }
  return [...balances.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function partOf(kind: LedgerKind, amount: string): 'invoiced' | 'credited' | 'paid' {
  if (kind === 'PAYMENT' || kind === 'PAYMENT_REVERSAL') return 'paid';
  return amount.startsWith('-') ? 'credited' : 'invoiced';
}

/**
 * Entries of an aggregator's account, from a day on.
 * @throws PortalError BAD_REQUEST for a wrong filter or sort, or when there are too many
 */
export async function listAccountEntries(
  portal: AccountPortal,
  aggregatorId: string,
  { from, ...query }: ListQuery & { from?: PlainDate | undefined },
): Promise<Page<AccountRow>> {
  const page = compileList(ACCOUNT_ENTRY_LIST, query);
  const rows: AccountRow[] = [];
  for await (const row of portal.invoices.accountOf(aggregatorId)) {
    if (from === undefined || row.date >= from) rows.push(row);
  }
  return page(rows);
}
