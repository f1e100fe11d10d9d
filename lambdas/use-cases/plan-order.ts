import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import { billingTermsFor, type TermsProblem } from '../domain/charging/billing-terms.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { CustomerMinimum } from '../domain/customer-commitment/customer-minimums.ts';
import { formatPoints } from '../domain/numbers/amounts.ts';
import { orderId } from './new-order.ts';
import { toPlannedTerms } from './planned-terms.ts';
import type { AsideContract } from './ports/contract-months.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { PlannedContract, PlanParties } from './run-files.ts';

const PROBLEMS: Readonly<Record<TermsProblem | 'CONTRACT_MISSING' | 'BILL_TO_MISSING', string>> = {
  NO_TERMS_IN_FORCE: 'The contract has no terms in force in the period',
  PRICE_LIST_MISSING: "No price list in the contract's currency is valid in the period",
  SKU_NOT_PRICED: "The price list of the period has no price for the contract's SKU",
  CONTRACT_MISSING: "The order's contract does not exist",
  BILL_TO_MISSING: "The contract's bill-to account does not exist",
};

/**
 * What a run bills an order by, as everything stands now; the reason where that can't be told.
 * @param customers what end customers of the contract have committed to in the period
 */
export function planOrder(
  order: BillingOrder,
  found: ContractWithRevisions | undefined,
  parties: PlanParties,
  priceLists: readonly PriceList[],
  customers: readonly CustomerMinimum[] = [],
): PlannedContract {
  const contract = found?.contract;
  const base = contractOf(order, contract, parties);
  const planned = { orderId: order.id, revision: order.revision, usagePeriod: order.usagePeriod, parties: '' };
  const problem = (code: keyof typeof PROBLEMS): PlannedContract => ({
    ...base,
    orders: [{ ...planned, problem: { code, reason: PROBLEMS[code] } }],
  });
  if (!found || !contract) return problem('CONTRACT_MISSING');
  if (!parties.billTo[contract.billToAccountId]) return problem('BILL_TO_MISSING');
  const result = billingTermsFor(contract, found.revisions, priceLists, order.usagePeriod, customers);
  if (!result.ok) return problem(result.reason);
  return { ...base, orders: [{ ...planned, terms: toPlannedTerms(result.terms, contract.currency) }] };
}

/**
 * An order that isn't billed as its contract is set aside; one that is not made yet bears the id that it will have.
 * @param order the contract's of the period, where there is one
 */
export function asideOrder(
  contract: Contract,
  order: BillingOrder | undefined,
  { period: usagePeriod, reason }: AsideContract,
  parties: PlanParties,
): PlannedContract {
  const { id = orderId(contract.id, usagePeriod), revision = 1 } = order ?? {};
  const problem = { code: 'CONTRACT_SET_ASIDE', reason: `What was due on the contract could not be done: ${reason}` };
  return {
    ...contractOf({ ...contract, contractId: contract.id }, contract, parties),
    orders: [{ orderId: id, revision, usagePeriod, parties: '', problem }],
  };
}

/** What the plan says of an order's contract and its parties. */
function contractOf(
  order: Pick<BillingOrder, 'contractId' | 'contractNumber' | 'serviceProviderId' | 'aggregatorId'>,
  contract: Contract | undefined,
  parties: PlanParties,
): Omit<PlannedContract, 'orders'> {
  const { contractId, contractNumber, serviceProviderId, aggregatorId } = order;
  return {
    contractId,
    contractNumber,
    contractReferenceNumber: contract?.contractReferenceNumber ?? '',
    currency: contract?.currency ?? '',
    serviceProviderId,
    serviceProviderName: parties.serviceProviders[serviceProviderId]?.name ?? '',
    aggregatorId,
    aggregatorNumber: parties.aggregators[aggregatorId]?.number ?? '',
    billToAccountId: contract?.billToAccountId ?? '',
    ...(contract?.anniversary === undefined ? {} : { anniversary: contract.anniversary }),
    ...(contract?.triggerPoint === undefined ? {} : { triggerPoint: formatPoints(contract.triggerPoint) }),
  };
}
