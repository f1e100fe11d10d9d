import type { PlainDate } from '../domain/calendar/period.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import type { Contracts, ContractWithRevisions } from '../use-cases/ports/contracts.ts';
import { ContractRowItem, contractRow } from './contract-row.ts';
import { duePartition, upToDay } from './due.ts';
import { ContractItem, ContractRevisionItem } from './items.ts';
import { keys, ownerShard } from './keys.ts';
import { fromContractItem, fromRevisionItem, toContractItem, toRevisionItem } from './mapping.ts';
import { monthIsDue } from './metered-months.ts';
import { ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Contracts, their revisions, their numbers, and when they have to be looked at. */
export function openContracts(table: Table): Contracts {
  async function revisionsOf(contractId: string, latest: number): Promise<ContractRevision[]> {
    const wanted = Array.from({ length: latest }, (_, index) => keys.contractRevision(contractId, index + 1));
    const revisions = (await table.batchGet(wanted)).map((item) => fromRevisionItem(read(ContractRevisionItem, item)));
    return revisions.sort((a, b) => a.revision - b.revision);
  }

  /** Most contracts have one revision: those come with the contracts, in one call for each fifty. */
  async function getMany(ids: readonly string[]): Promise<ContractWithRevisions[]> {
    const found = await table.batchGet(ids.flatMap((id) => [keys.contract(id), keys.contractRevision(id, 1)]));
    const first = new Map<string, ContractRevision>();
    const contracts: Contract[] = [];
    for (const item of found) {
      if (item.entity === 'CONTRACT') contracts.push(fromContractItem(read(ContractItem, item)));
      else first.set(String(item.contractId), fromRevisionItem(read(ContractRevisionItem, item)));
    }
    return Promise.all(
      contracts.map(async (contract) => {
        const only = contract.revision === 1 ? first.get(contract.id) : undefined;
        return { contract, revisions: only ? [only] : await revisionsOf(contract.id, contract.revision) };
      }),
    );
  }

  const revisionAdded = (revision: ContractRevision) =>
    table.putNew(
      `revision ${revision.revision} of contract ${revision.contractId}`,
      stored<typeof ContractRevisionItem>(
        'CONTRACT_REVISION',
        keys.contractRevision(revision.contractId, revision.revision),
        toRevisionItem(revision),
      ),
    );

  return {
    get: async (id) => (await getMany([id]))[0],
    getMany,
    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#CONTRACTS`, ContractRowItem),
    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#CONTRACTS`, ContractRowItem),

    nextNumber: async () => {
      const { item } = await table.update(keys.seriesCounter('CONTRACT'), {
        expression: 'ADD #next :one',
        names: { '#next': 'next' },
        values: { ':one': 1 },
      });
      return Number(item?.next);
    },

    created: (contract, revisions) => [
      table.putNew(`contract number ${contract.contractNumber}`, {
        ...keys.contractNumber(contract.contractNumber),
        entity: 'CONTRACT_NUMBER',
        schemaVersion: 1,
        contractId: contract.id,
      }),
      table.putNew(`contract ${contract.contractNumber}`, contractItem(contract)),
      ...revisions.map(revisionAdded),
    ],

    changed: (contract, now) =>
      table.putOver(
        `contract ${contract.contractNumber}`,
        contractItem({ ...contract, version: contract.version + 1, lastModifiedTime: now.toISOString() }),
        contract.version,
      ),

    unchanged: (contract) =>
      table.checked(`contract ${contract.contractNumber} is unchanged`, keys.contract(contract.id), {
        condition: '#version = :version',
        names: { '#version': 'version' },
        values: { ':version': contract.version },
      }),

    bearsOn: ({ id: contractId, version }, period, now) => {
      const cause = { kind: 'CONTRACT', id: contractId, token: String(version + 1) } as const;
      return monthIsDue(table, { contractId, period }, cause, now);
    },

    revisionAdded,

    delinquencyChanged: (contractId, delinquent) =>
      table.updated(`delinquency of contract ${contractId}`, keys.contract(contractId), {
        expression: 'SET delinquent = :delinquent, version = version + :one, #row.#del = :delinquent',
        condition: 'attribute_exists(pk)',
        names: { '#row': 'row', '#del': 'del' },
        values: { ':delinquent': delinquent, ':one': 1 },
      }),

    due: async function* (shard, on) {
      for await (const item of table.query(duePartition('CONTRACTS', shard), { index: 'gsi4', upTo: upToDay(on) })) {
        const row = item.row as { id: string };
        yield { contractId: row.id, date: String(item.gsi4sk).slice(0, 10) as PlainDate };
      }
    },
  };
}

/** A contract as it is stored, with what the lists of its parties and the daily job need. */
function contractItem(contract: Contract): Item & Key {
  const shard = ownerShard(contract.id);
  const place = `${contract.lastModifiedTime}#${contract.id}`;
  return stored<typeof ContractItem>('CONTRACT', keys.contract(contract.id), toContractItem(contract), {
    gsi1pk: `SP#${contract.serviceProviderId}#CONTRACTS#${shard}`,
    gsi1sk: place,
    gsi2pk: `AGGREGATOR#${contract.aggregatorId}#CONTRACTS#${shard}`,
    gsi2sk: place,
    ...(contract.reviewOn === undefined
      ? {}
      : { gsi4pk: duePartition('CONTRACTS', shard), gsi4sk: `${contract.reviewOn}#${contract.id}` }),
    row: contractRow(contract),
  });
}
