import { plainDate } from '../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../lambdas/domain/catalogue/catalogue.ts';
import type { Contract, ContractRevision } from '../../lambdas/domain/contract/contract.ts';
import type { ContractRequest, CreatePayload, RequestPayload } from '../../lambdas/domain/contract-request/request.ts';
import { points } from '../../lambdas/domain/numbers/amounts.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { type ContractDayResult, runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import { accountOf, approved, LOCKED, organizationOf, signed, skuOf, times } from '../domain/support/contracts.ts';
import { openClosePortal } from './close-portal.ts';

export const VENDOR: Caller = {
  userId: 'vendor-user',
  organizationId: 'VENDOR',
  organizationType: 'VENDOR',
  roles: ['Operations'],
};

/** A SKU as contracts keep it. */
export function keptSku({ code, contractType, family, minimumPoints }: OrderableSku) {
  return { code, contractType, family, minimumPoints };
}

/** A year's prepayment of 120 points at a locked price of 0.80 USD. */
export const PREPAID: CreatePayload = {
  type: 'CREATE',
  sku: keptSku(skuOf('PRE-PAY')),
  termMonths: 12,
  minCommits: times(12, '10').map(points),
  locked: LOCKED,
  prepayment: points('120'),
};

/** A portal with the three parties of contracts, on a day. */
export async function openContractWorld(day: string) {
  const opened = await openClosePortal();
  const { portal, clock } = opened;
  const moveTo = (to: string): void => {
    clock.time = new Date(`${to}T00:05:00.000Z`);
  };
  moveTo(day);
  for (const type of ['VENDOR', 'AGGREGATOR', 'SERVICE_PROVIDER'] as const) {
    const mailed = organizationOf(type, {
      prmId: `prm-${type}`,
      address: ['Street 1'],
      email: `${type}@party.example`,
    });
    await portal.units.commit(portal.organizations.created(mailed));
  }
  await portal.units.commit([portal.organizations.billToCreated(accountOf({ taxRate: '19' }))]);

  return {
    ...opened,
    moveTo,
    /** Stores an active contract with its revisions. */
    addContract: async (made: { contract: Contract; revisions: ContractRevision[] }): Promise<void> => {
      const { id, contractNumber } = made.contract;
      const revisions = made.revisions.map((revision) => ({ ...revision, contractId: id }));
      const result = await portal.units.commit(
        portal.contracts.created({ ...made.contract, contractNumber }, revisions),
      );
      if (!result.ok) throw new Error(`contract ${id} is there already`);
    },
    /** Stores a contract that was asked for, with the request to create it. */
    addAskedFor: async (
      payload: RequestPayload,
      bolDate: string,
      more: Partial<ContractRequest> = {},
    ): Promise<void> => {
      const made = signed(skuOf('PRE-PAY'), bolDate, 12).contract;
      const { eolDate: _end, termMonths: _months, ...rest } = made;
      const contract: Contract = { ...rest, status: 'CREATE_IN_PROCESS', revision: 0, requests: 1 };
      const request = approved(payload, bolDate, { status: 'PENDING_APPROVAL', ...more });
      const changes = [...portal.contracts.created(contract, []), portal.contractRequests.created(request)];
      if (!(await portal.units.commit(changes)).ok) throw new Error('the contract is there already');
    },
    addRequest: async (payload: RequestPayload, effectiveDate: string, more: Partial<ContractRequest> = {}) => {
      const request = approved(payload, effectiveDate, more);
      const result = await portal.units.commit([portal.contractRequests.created(request)]);
      if (!result.ok) throw new Error(`request ${request.id} is there already`);
    },
    contract: async (id = 'contract-1') => (await portal.contracts.get(id))?.contract as Contract,
    request: async (id = 'request-1') => (await portal.contractRequests.find(id)) as ContractRequest,
    balance: async (id = 'contract-1') => (await portal.prepayments.balance(id)).points,
    /** Runs the day, which must not fail anything. */
    day: async (on: Portal = portal): Promise<ContractDayResult> => {
      const result = await runContractDay(on);
      if (result.failures[0]) throw result.failures[0];
      return result;
    },
    withdraw: async (id = 'request-1', status: 'WITHDRAWN' | 'STOPPED' = 'WITHDRAWN') => {
      const request = (await portal.contractRequests.find(id)) as ContractRequest;
      const result = await portal.units.commit([portal.contractRequests.changed({ ...request, status })]);
      if (!result.ok) throw new Error(`request ${id} has been changed`);
    },
  };
}

export type ContractWorld = Awaited<ReturnType<typeof openContractWorld>>;

export const on = plainDate;
