import { dateOf } from '../domain/calendar/period.ts';
import { checkDeal, type DealAsked, type DealFacts } from '../domain/deal/check-deal.ts';
import { type Deal, type DealFields, newDeal } from '../domain/deal/deal.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { Caller } from './caller.ts';
import type { Edit } from './changed-fields.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { type DealPortal, dealChanged } from './deal-changed.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { ownDeal } from './read-deals.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';

type RegisterPortal = DealPortal & Pick<Portal, 'units' | 'contracts' | 'catalogue'>;

// What comes from the example of the published API: 20001 is the first.
const NUMBERS_BEFORE = 20_000;

/** Who registers a deal of which contract; `dealId` is new. */
export type DealRegistration = { caller: Caller; contractId: string; dealId: string; now: Date };

/**
 * Registers a deal of a contract that the caller's organization holds, as a draft (published-portal.md §11).
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS once the contract has ended; BAD_REQUEST naming every field that is wrong
 */
export async function registerDeal(
  portal: RegisterPortal,
  { caller, contractId, dealId: id, now }: DealRegistration,
  asked: DealAsked,
): Promise<Deal> {
  const { contract } = await ownContract(portal, caller, 'registerDeals', contractId);
  if (hasEnded(contract)) throw contractStatusRefusal(contract);
  const { userId: registrantId, organizationId } = caller;
  const on = dateOf(now);
  const fields = await checkedFields(portal, asked, { contract, creationDate: on });
  const dealNumber = String(NUMBERS_BEFORE + (await portal.deals.nextNumber()));
  const deal = newDeal(fields, { id, dealNumber, registrantId, contract, on, now });
  const move = { actor: registrantId, organizationId, now, action: 'registerDeal' };
  const result = await portal.units.commit(dealChanged(portal, undefined, deal, move));
  if (!result.ok) throw new Error('the id of a new deal is taken');
  return deal;
}

/** Who changes which deal. */
export type DealChange = { caller: Caller; dealId: string; now: Date; ifMatch: IfMatch };

const EDITABLE: readonly Deal['status'][] = ['DRAFT', 'PENDING_REVISION'];

/**
 * Changes what is told of a deal that isn't with the vendor; what isn't given stays.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function editDeal(
  portal: RegisterPortal,
  { caller, dealId, now, ifMatch }: DealChange,
  edit: Edit<DealAsked>,
): Promise<Deal> {
  return committed(portal, 'The deal', async () => {
    const before = await ownDeal(portal, caller, 'registerDeals', dealId);
    refuseOtherVersion(before.version, ifMatch);
    if (!EDITABLE.includes(before.status)) {
      const message = `The deal is ${before.status}: it is changed while it is ${EDITABLE.join(' or ')}`;
      throw new PortalError('TRANSITION_NOT_ALLOWED', message);
    }
    const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
    const contract = await contractOf(portal, before.contractId);
    const asked: DealAsked = { ...askedOf(before), ...given };
    const fields = await checkedFields(portal, asked, { contract, creationDate: before.creationDate });
    const after: Deal = { ...before, ...fields };
    const { userId: actor, organizationId } = caller;
    const changes = dealChanged(portal, before, after, { actor, organizationId, now, action: 'changeDeal' });
    return { changes, result: { ...after, version: before.version + 1, lastModifiedTime: now.toISOString() } };
  });
}

function askedOf(deal: Deal): DealAsked {
  const { productSKU, expectedCloseDate, serviceProviderContact, aggregatorSalesContactLead, aggregatorManager } = deal;
  return {
    productSKU,
    expectedCloseDate,
    serviceProviderContact,
    aggregatorSalesContactLead,
    aggregatorManager,
    projectedDealValue: formatMoney(deal.projectedDealValue, deal.currency),
    ...(deal.promotionEvent !== undefined && { promotionEvent: deal.promotionEvent }),
  };
}

/** @throws PortalError BAD_REQUEST */
async function checkedFields(
  portal: Pick<Portal, 'catalogue'>,
  asked: DealAsked,
  facts: Omit<DealFacts, 'products'>,
): Promise<DealFields> {
  const { products } = await portal.catalogue.current();
  const checked = checkDeal(asked, { ...facts, products });
  if (!checked.ok) throw notValid(checked.errors);
  return checked.value;
}
