import type { Contract, ContractRevision } from '../contract/contract.ts';
import type { Prepayment } from '../invoice/prepayment-invoice.ts';
import type { ContractRequest } from './request.ts';
import { prepaymentOf } from './rules.ts';

/**
 * The prepayment that a request asks for: a new contract's or a new term's at the price it locks, a top-up's at the price
 * that is locked already (domain.md §5 "PRE-PAY"). Undefined when it asks for none.
 *
 * @param revisions of the request's contract; a CREATE has none yet
 */
export function prepaymentAskedFor(
  contract: Contract,
  revisions: readonly ContractRevision[],
  request: ContractRequest,
): Prepayment | undefined {
  const { payload } = request;
  const points = prepaymentOf(payload);
  if (points === undefined) return undefined;
  const present = revisions.find(({ revision }) => revision === contract.revision);
  const sku = payload.type === 'CREATE' ? payload.sku : present?.sku;
  const locked = payload.type === 'TOPUP' ? present?.locked : 'locked' in payload ? payload.locked : undefined;
  if (!sku || !locked) throw new RangeError(`request ${request.token} asks for a prepayment at no price`);
  const { vendorPurchaseOrder } = payload.type === 'TOPUP' ? payload : contract;
  return { request, contract, sku, locked, points, vendorPurchaseOrder };
}
