import type { PlainDate } from '../calendar/period.ts';
import type { FamilyType } from '../catalogue/family.ts';
import type { Contract, ContractRevision } from '../contract/contract.ts';
import { contractIds } from '../contract/gone-over.ts';
import { scheduleOf } from '../contract/schedule.ts';
import type { Points } from '../numbers/amounts.ts';
import type { Organization } from '../organization/organization.ts';
import type { EffectTime } from './acting-day.ts';
import { applyRequest, type Effect } from './apply.ts';
import type { ContractRequest, CreatePayload } from './request.ts';
import { isOpen } from './status.ts';

/**
 * A change of aggregator ("Aggregator Swap", domain.md §1, §5): one contract ends, another begins at the other aggregator, with
 * the terms that run. It is made of two requests, a TERMINATE of the one and a CREATE of the other, which take effect in one
 * transaction or not at all.
 */
const SWAPPABLE: ReadonlySet<FamilyType> = new Set(['RENTAL', 'RENTAL_MAAS', 'ISV', 'GSS', 'SRV', 'SOV', 'LPCAAS']);

export type SwapRefusal =
  | { reason: 'NOT_SWAPPABLE' | 'CONTRACT_STATUS' | 'SWAP_OPEN' | 'PREPAYMENT_LEFT' }
  | { reason: 'REQUEST_OPEN'; token: string };

/**
 * Why a contract can't go to another aggregator now; undefined when it can. Subscriptions and VeloCloud orders are bound to their
 * contract, so families that have them stay, and AWS keeps all of its; so does a contract with a prepaid balance, until that is used or
 * credited (domain.md §5 "PRE-PAY"), and one that something else is asked of.
 *
 * @param balance what is left of its prepayment
 * @param requests of the contract, open or not
 * @param inThisSwap id of the contract it goes over into, when that was asked for before
 */
export function swapRefusal(
  { listing, status, swappedTo }: Pick<Contract, 'listing' | 'status' | 'swappedTo'>,
  requests: readonly Pick<ContractRequest, 'status' | 'token'>[],
  balance: Points,
  inThisSwap?: string,
): SwapRefusal | undefined {
  if (!SWAPPABLE.has(listing.familyType)) return { reason: 'NOT_SWAPPABLE' };
  if (status !== 'ACTIVE') return { reason: 'CONTRACT_STATUS' };
  if (swappedTo !== inThisSwap) return { reason: 'SWAP_OPEN' };
  const inTheWay = requests.find((request) => isOpen(request.status));
  if (inTheWay) return { reason: 'REQUEST_OPEN', token: inTheWay.token };
  return balance > 0n ? { reason: 'PREPAYMENT_LEFT' } : undefined;
}

/**
 * What is asked of the other aggregator: the terms that run, month by month as they were agreed, to the day they were agreed
 * to. Nothing is prepaid anew.
 */
export function takenOverTerms(contract: Contract, revisions: readonly ContractRevision[]): CreatePayload {
  const present = revisions.find(({ revision }) => revision === contract.revision);
  if (!present) throw new RangeError('an active contract has the revision in force among its revisions');
  const { sku, minCommits, locked } = present;
  return {
    type: 'CREATE',
    sku,
    termFrom: contract.termFrom,
    ...(contract.termMonths === undefined ? {} : { termMonths: contract.termMonths }),
    ...(minCommits ? { minCommits: scheduleOf(contract, revisions) } : {}),
    ...(locked ? { locked } : {}),
  };
}

type Making = Pick<Contract, 'id' | 'contractNumber' | 'businessNumber' | 'contractReferenceNumber'> & {
  aggregator: Organization;
  bolDate: PlainDate;
  now: Date;
};

const NOBODY = { email: '', firstName: '', lastName: '' };

/** The contract at the other aggregator: in process, without what that one has to add (takenOver). */
export function contractToTakeOver(given: Contract, { aggregator, bolDate, now, ...numbers }: Making): Contract {
  const { triggerPoint, spf } = given;
  return {
    ...numbers,
    serviceProviderId: given.serviceProviderId,
    aggregatorId: aggregator.id,
    status: 'CREATE_IN_PROCESS',
    region: given.region,
    currency: given.currency,
    contacts: { ...given.contacts, aggregator: NOBODY },
    bolDate,
    termFrom: given.termFrom,
    takenFrom: contractIds(given),
    graceTermMonths: given.graceTermMonths,
    revision: 0,
    listing: { ...given.listing, aggregatorPrmId: aggregator.prmId, billToAccountNumber: '' },
    billToAccountId: '',
    billingOrderPreference: 'ONLINE',
    vendorPurchaseOrder: '',
    fillPurchaseOrderInMbo: false,
    ...(triggerPoint === undefined ? {} : { triggerPoint }),
    ...(spf === undefined ? {} : { spf }),
    tags: [],
    delinquent: false,
    requests: 0,
    version: 1,
    lastModifiedTime: now.toISOString(),
  };
}

/** One of the two contracts, with its request. */
export type SwapSide = { contract: Contract; revisions: readonly ContractRevision[]; request: ContractRequest };

export type SwapResult =
  | { ok: true; given: Effect; taken: Effect }
  | { ok: false; reason: 'NOT_DUE' | 'CONTRACT_STATUS' | 'NOTHING_LEFT' };

/**
 * Puts both requests into effect, on one day: their effective date, or the 1st of the first month that is frozen for neither
 * contract. So every day of the contract is billed by exactly one of them. Whether reports are missing goes along, and that end customers have
 * committed to something.
 *
 * @param time.frozen months that are frozen for one of them
 */
export function applySwap(given: SwapSide, taken: SwapSide, time: EffectTime): SwapResult {
  if (given.request.effectiveDate !== taken.request.effectiveDate) return { ok: false, reason: 'CONTRACT_STATUS' };
  const ended = applyRequest(given.contract, given.revisions, given.request, time);
  if (!ended.ok) return ended;
  const { delinquent, hasCommitments } = given.contract;
  const carried = { ...taken.contract, delinquent, ...(hasCommitments ? { hasCommitments } : {}) };
  const begun = applyRequest(carried, taken.revisions, taken.request, time);
  return begun.ok ? { ok: true, given: ended.effect, taken: begun.effect } : begun;
}
