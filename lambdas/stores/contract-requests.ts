import type { PlainDate } from '../domain/calendar/period.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { owedDocument } from '../domain/contract-request/rules.ts';
import type { ContractRequestRow, ContractRequests } from '../use-cases/ports/contracts.ts';
import { fromRequestItem, toRequestItem } from './contract-mapping.ts';
import { duePartition, upToDay } from './due.ts';
import { ContractRequestItem } from './items.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Requests of contracts, the queue of each state, what takes effect when and what has to be invoiced or credited. */
export function openContractRequests(table: Table): ContractRequests {
  const requestOf = (item: Item) => fromRequestItem(read(ContractRequestItem, item));

  return {
    get: async (contractId, requestId) => {
      const item = await table.get(keys.contractRequest(contractId, requestId));
      return item && requestOf(item);
    },

    ofContract: async (contractId) => {
      const items = await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'REQUEST#' }));
      // Tokens of a contract end in the order of its requests.
      return items.map(requestOf).sort((a, b) => (a.token.slice(-7) < b.token.slice(-7) ? -1 : 1));
    },

    created: (request) => table.putNew(`contract request ${request.token}`, requestItem(request)),

    changed: (request) =>
      table.putOver(
        `contract request ${request.token}`,
        requestItem({ ...request, version: request.version + 1 }),
        request.version,
      ),

    inStatus: async (status) =>
      (await ownerEntries(table, 'gsi3', `REQUESTS#${status}`)).map((item) => item.row as ContractRequestRow),

    find: async (requestId) => {
      const [entry] = await Array.fromAsync(table.query(`REQUEST#${requestId}`, { index: 'gsi2', limit: 1 }));
      if (!entry) return undefined;
      const item = await table.get(keys.contractRequest((entry.row as ContractRequestRow).contractId, requestId));
      return item && requestOf(item);
    },

    owingDocuments: async function* (shard) {
      for await (const item of table.query(duePartition('DOCUMENTS', shard), { index: 'gsi4' })) {
        const row = item.row as ContractRequestRow;
        yield { contractId: row.contractId, requestId: row.id };
      }
    },

    due: async function* (shard, on) {
      for await (const item of table.query(duePartition('REQUESTS', shard), { index: 'gsi4', upTo: upToDay(on) })) {
        const row = item.row as ContractRequestRow;
        yield {
          contractId: row.contractId,
          requestId: row.id,
          date: String(item.gsi4sk).slice(0, 10) as PlainDate,
        };
      }
    },
  };
}

function requestItem(request: ContractRequest): Item & Key {
  const { id, token, contractId, contractNumber, aggregatorId, status, payload, effectiveDate, createdTime } = request;
  const row: ContractRequestRow = {
    id,
    token,
    contractId,
    contractNumber,
    aggregatorId,
    status,
    type: payload.type,
    effectiveDate,
    createdTime,
  };
  const key = keys.contractRequest(contractId, id);
  const shard = ownerShard(id);
  return stored<typeof ContractRequestItem>('CONTRACT_REQUEST', key, toRequestItem(request), {
    gsi2pk: `REQUEST#${id}`,
    gsi2sk: id,
    gsi3pk: `REQUESTS#${status}#${shard}`,
    gsi3sk: `${createdTime}#${id}`,
    ...(status === 'PENDING_EFFECTIVE_DATE'
      ? { gsi4pk: duePartition('REQUESTS', shard), gsi4sk: `${effectiveDate}#${id}` }
      : {}),
    ...(owedDocument(request) ? { gsi4pk: duePartition('DOCUMENTS', shard), gsi4sk: `${createdTime}#${id}` } : {}),
    row,
  });
}
