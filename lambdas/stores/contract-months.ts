import type { Period } from '../domain/calendar/period.ts';
import { rosterShard } from '../domain/close/roster.ts';
import type { AsideContract, ContractMonths, MonthState } from '../use-cases/ports/contract-months.ts';
import { AsideContractItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table, TableChange } from './table.ts';

/** How months stand for contracts: in the roster of the period, where freezing it is written down. */
export function openContractMonths(table: Table): ContractMonths {
  const asideItem = (contract: AsideContract): Item & Key =>
    stored<typeof AsideContractItem>(
      'ASIDE_CONTRACT',
      keys.asideContract(contract.period, contract.contractId),
      contract,
    );

  return {
    states: async (contractId, periods) => {
      const found = await table.batchGet(
        periods.flatMap((period) => [headOf(period, contractId), keys.asideContract(period, contractId)]),
      );
      const itemOf = ({ pk, sk }: Key) => found.find((item) => item.pk === pk && item.sk === sk);
      const stateOf = (period: Period): MonthState => {
        if (itemOf(keys.asideContract(period, contractId))) return 'SET_ASIDE';
        return itemOf(headOf(period, contractId))?.frozenBy === undefined ? 'OPEN' : 'FROZEN';
      };
      return new Map(periods.map((period) => [period, stateOf(period)]));
    },

    still: (contractId, period, state) => stillStands(table, contractId, period, state),

    stillRuns: (contractId, period) => stillRuns(table, contractId, period),

    setAside: (contract) => [
      stillStands(table, contract.contractId, contract.period, 'OPEN'),
      table.put(`contract ${contract.contractId} is set aside in ${contract.period}`, asideItem(contract)),
    ],

    keptAside: (contract) =>
      table.put(
        `contract ${contract.contractId} is still set aside in ${contract.period}`,
        asideItem(contract),
        isThere,
      ),

    takenBack: ({ period, contractId }) =>
      table.deleted(`contract ${contractId} is taken back in ${period}`, keys.asideContract(period, contractId)),

    aside: async function* (period, shard) {
      for await (const item of table.query(keys.rosterHead(period, shard).pk, { prefix: 'ASIDE#' })) {
        yield read(AsideContractItem, item) as AsideContract;
      }
    },
  };
}

const isThere = { condition: 'attribute_exists(pk)' };

const headOf = (period: Period, contractId: string): Key => keys.rosterHead(period, rosterShard(contractId));

/** Holds as long as a month is neither frozen nor over: whoever makes the next period's orders of it has not begun. */
export function stillRuns(table: Table, contractId: string, period: Period): TableChange {
  return table.checked(`period ${period} runs`, headOf(period, contractId), {
    condition: 'attribute_not_exists(frozenBy) AND attribute_not_exists(overSince)',
  });
}

/** Holds as long as a month whose terms may change stands so for a contract. */
export function stillStands(
  table: Table,
  contractId: string,
  period: Period,
  state: Exclude<MonthState, 'FROZEN'>,
): TableChange {
  if (state === 'OPEN') {
    const notFrozen = { condition: 'attribute_not_exists(frozenBy)' };
    return table.checked(`period ${period} is not frozen`, headOf(period, contractId), notFrozen);
  }
  const what = `contract ${contractId} is set aside in ${period}`;
  return table.checked(what, keys.asideContract(period, contractId), isThere);
}
