import { NO_POINTS } from '../domain/numbers/amounts.ts';
import type { PrepaymentBalance, PrepaymentEntry } from '../domain/prepayment/ledger.ts';
import type { Prepayments } from '../use-cases/ports/prepayments.ts';
import { PrepaymentBalanceItem, PrepaymentEntryItem } from './items.ts';
import { keys } from './keys.ts';
import { fromBalanceItem, fromEntryItem, toBalanceItem, toEntryItem } from './mapping.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** The prepayment ledger of each contract: entries that are never changed, and the balance they add up to. */
export function openPrepayments(table: Table): Prepayments {
  async function balance(contractId: string): Promise<PrepaymentBalance> {
    const item = await table.get(keys.prepaymentBalance(contractId));
    if (!item) return { contractId, points: NO_POINTS, sequence: 0 };
    return fromBalanceItem(read(PrepaymentBalanceItem, item));
  }

  const entries: Prepayments['entries'] = async (contractId) => {
    const items = table.query(keys.prepaymentEntry(contractId, 0).pk, { prefix: 'ENTRY#' });
    return (await Array.fromAsync(items)).map((item) => fromEntryItem(read(PrepaymentEntryItem, item)));
  };

  const entryOf: Prepayments['entryOf'] = async (contractId, kind, source) => {
    const guard = await table.get(keys.prepaymentSource(contractId, kind, source));
    if (!guard) return undefined;
    const item = await table.get(keys.prepaymentEntry(contractId, Number(guard.sequence)));
    return item && fromEntryItem(read(PrepaymentEntryItem, item));
  };

  const posted = (entry: PrepaymentEntry, after: PrepaymentBalance) => {
    const { contractId, sequence } = entry;
    const what = `entry ${sequence} of the prepayment ledger of contract ${contractId}`;
    return [
      table.putNew(
        what,
        stored<typeof PrepaymentEntryItem>(
          'PREPAYMENT_ENTRY',
          keys.prepaymentEntry(contractId, sequence),
          toEntryItem(entry),
        ),
      ),
      table.putNew(`${what} is the only one of its source`, {
        ...keys.prepaymentSource(contractId, entry.kind, entry.source),
        entity: 'PREPAYMENT_SOURCE',
        schemaVersion: 1,
        sequence,
      }),
      table.put(
        `balance after ${what}`,
        stored<typeof PrepaymentBalanceItem>(
          'PREPAYMENT_BALANCE',
          keys.prepaymentBalance(contractId),
          toBalanceItem(after),
        ),
        sequence === 1
          ? { condition: 'attribute_not_exists(pk)' }
          : {
              condition: '#sequence = :before',
              names: { '#sequence': 'sequence' },
              values: { ':before': sequence - 1 },
            },
      ),
    ];
  };

  return { balance, entries, entryOf, posted };
}
