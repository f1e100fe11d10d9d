import { firstDay, type Period, type PlainDate } from '../../lambdas/domain/calendar/period.ts';
import type { ContractRequest, RequestPayload } from '../../lambdas/domain/contract-request/request.ts';
import { type MinorUnits, points } from '../../lambdas/domain/numbers/amounts.ts';
import type { ImportedContract } from '../../lambdas/use-cases/import-programme.ts';
import { plainId } from './plain-programme.ts';

// Of each fourth contracts the first is PAY-GO, the third CUSTOM (plain-programme.ts); both are of RENTAL (plain-tracks.ts).
const UPGRADED = 4;
const ENDING = 6;
const REQUEST_IDS = 10;

/**
 * Contracts of a plain programme on which something should have taken effect in the period and has not, as the job was down:
 * one is to begin, one to have a higher minimum, one to end at a settlement.
 */
export function withDueRequests(
  period: Period,
  plain: readonly ImportedContract[],
): { contracts: ImportedContract[]; contractRequests: ContractRequest[] } {
  const contracts = [...plain];
  const upgraded = contracts[UPGRADED] as ImportedContract;
  const ending = contracts[ENDING] as ImportedContract;
  const beginning = notBegun(contracts[0] as ImportedContract, contracts.length);
  contracts[ENDING] = { ...ending, contract: { ...ending.contract, status: 'PENDING_TERMINATION' } };
  const { sku } = (contracts[0] as ImportedContract).revisions[0] as ImportedContract['revisions'][number];
  const on = (day: string) => `${period}-${day}` as PlainDate;
  return {
    contracts: [...contracts, beginning],
    contractRequests: [
      approved(0, beginning, { type: 'CREATE', sku, termMonths: 12 }, on('15')),
      approved(1, upgraded, { type: 'UPGRADE', sku: { ...sku, minimumPoints: points('3600') } }, firstDay(period)),
      {
        ...approved(2, ending, { type: 'TERMINATE', reason: 'Competitor Offering' }, on('21')),
        settlement: { amount: 123_45n as MinorUnits, currency: ending.contract.currency },
      },
    ],
  };
}

/** A contract like another, without terms until its request takes effect. */
function notBegun({ contract }: ImportedContract, n: number): ImportedContract {
  const id = plainId(5, n);
  const named = { id, contractNumber: String(100_000 + n), contractReferenceNumber: `AMER${n}RENTAL` };
  return { contract: { ...contract, ...named, status: 'CREATE_IN_PROCESS', revision: 0 }, revisions: [] };
}

function approved(
  n: number,
  { contract }: ImportedContract,
  payload: RequestPayload,
  effectiveDate: PlainDate,
): ContractRequest {
  const { id: contractId, contractNumber, serviceProviderId, aggregatorId } = contract;
  return {
    id: plainId(REQUEST_IDS, n),
    token: `C-${contractNumber}-2000000-2609-0000001`,
    contractId,
    contractNumber,
    serviceProviderId,
    aggregatorId,
    status: 'PENDING_EFFECTIVE_DATE',
    payload,
    effectiveDate,
    comment: '',
    requesterId: 'aggregator-user',
    createdTime: '2026-09-01T00:00:00.000Z',
    version: 1,
  };
}
