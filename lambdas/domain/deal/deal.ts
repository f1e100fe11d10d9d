import { addDays, type PlainDate } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { hasGoneOver } from '../contract/gone-over.ts';
import { ENDED_STATUSES } from '../contract/status.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import { type TransitionResult, transition } from '../transitions.ts';
import { type FiscalQuarter, quarterOf } from './fiscal-quarter.ts';
import { type DealActor, type DealExtensionStatus, type DealStatus, isOpenDeal } from './status.ts';
import { DEAL_EXTENSION_TRANSITIONS, DEAL_TRANSITIONS } from './transitions.ts';

/** An opportunity to sell a product on a contract, which an aggregator registers (published-portal.md §11). */
export type Deal = {
  id: string;
  dealNumber: string;
  aggregatorId: string;
  serviceProviderId: string;
  serviceProviderPrmId: string;
  contractId: string;
  contractNumber: string;
  contractReferenceNumber: string;
  /** Of the contract, and of the value. */
  currency: Currency;
  /** Sales region of the contract: rebates are told apart by it. */
  geo: string;
  /** Code and category of a product of the contract's family. */
  productSKU: string;
  productCategory: string;
  projectedDealValue: MinorUnits;
  status: DealStatus;
  extendStatus: DealExtensionStatus;
  /** Day it was registered, and the day it closes by itself. */
  creationDate: PlainDate;
  expirationDate: PlainDate;
  /** When the aggregator thinks it will be won. */
  expectedCloseDate: PlainDate;
  /** Day it was closed, won or not. */
  closeDate?: PlainDate;
  /** The quarter it was registered in. */
  fiscalQuarter: FiscalQuarter;
  serviceProviderContact: string;
  aggregatorSalesContactLead: string;
  aggregatorManager: string;
  promotionEvent?: string;
  /** User id. */
  registrantId: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** Days an opportunity is valid, and an extension makes it valid for longer (domain.md §4 "Deal"). */
export const DEAL_DAYS = 180;

/** What an aggregator tells of a deal, checked. */
export type DealFields = Pick<
  Deal,
  | 'productSKU'
  | 'productCategory'
  | 'projectedDealValue'
  | 'expectedCloseDate'
  | 'serviceProviderContact'
  | 'aggregatorSalesContactLead'
  | 'aggregatorManager'
  | 'promotionEvent'
>;

type Registration = Pick<Deal, 'id' | 'dealNumber' | 'registrantId'> & { contract: Contract; on: PlainDate; now: Date };

/** A deal as it is registered: a draft of a contract. */
export function newDeal(fields: DealFields, { contract, on: creationDate, now, ...registered }: Registration): Deal {
  return {
    ...registered,
    ...fields,
    aggregatorId: contract.aggregatorId,
    serviceProviderId: contract.serviceProviderId,
    serviceProviderPrmId: contract.listing.serviceProviderPrmId,
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    contractReferenceNumber: contract.contractReferenceNumber,
    currency: contract.currency,
    geo: contract.region,
    status: 'DRAFT',
    extendStatus: 'NOT_EXTENDED',
    creationDate,
    expirationDate: addDays(creationDate, DEAL_DAYS),
    fiscalQuarter: quarterOf(creationDate),
    lastModifiedTime: now.toISOString(),
    version: 1,
  };
}

export type DealMoved = { ok: true; deal: Deal } | Extract<TransitionResult<DealStatus>, { ok: false }>;

/**
 * A deal after a verb of its state table, closed on that day where the verb closes it. Once its days are over nobody moves
 * it but the system, which closes it.
 */
export function movedDeal(deal: Deal, verb: string, by: DealActor, on: PlainDate): DealMoved {
  const moved = transition(DEAL_TRANSITIONS, deal.status, verb, by);
  if (!moved.ok) return moved;
  if (by !== 'SYSTEM' && isOverdue(deal, on)) {
    return { ok: false, reason: 'TRANSITION_NOT_ALLOWED', from: deal.status, verb };
  }
  return { ok: true, deal: { ...deal, status: moved.to, ...(isOpenDeal(moved.to) ? {} : { closeDate: on }) } };
}

export type DealExtensionMoved =
  | { ok: true; deal: Deal }
  | { ok: false; reason: 'TRANSITION_NOT_ALLOWED'; from: DealStatus | DealExtensionStatus; verb: string };

/**
 * A deal after a verb of its extension's table. Only an opportunity's moves; asked for in time, an extension is decided of
 * however late, and counts from the day the opportunity would have ended.
 */
export function movedExtension(deal: Deal, verb: string, by: DealActor, on: PlainDate): DealExtensionMoved {
  if (deal.status !== 'OPPORTUNITY' || isOverdue(deal, on)) {
    return { ok: false, reason: 'TRANSITION_NOT_ALLOWED', from: deal.status, verb };
  }
  const moved = transition(DEAL_EXTENSION_TRANSITIONS, deal.extendStatus, verb, by);
  if (!moved.ok) return moved;
  const expirationDate = moved.to === 'EXTENDED' ? addDays(deal.expirationDate, DEAL_DAYS) : deal.expirationDate;
  return { ok: true, deal: { ...deal, extendStatus: moved.to, expirationDate } };
}

/**
 * Whether a deal's days are over: from 00:00 of its expiration date on, so that it had 180 of them. While the vendor hasn't
 * decided of an extension that was asked for in time they are not.
 */
export function isOverdue(
  { status, extendStatus, expirationDate }: Pick<Deal, 'status' | 'extendStatus' | 'expirationDate'>,
  on: PlainDate,
): boolean {
  return isOpenDeal(status) && extendStatus !== 'PENDING_EXTENSION' && expirationDate <= on;
}

/**
 * What time or its contract brings upon an open deal: a contract that has gone to another aggregator, or has ended, closes
 * it; so does its expiration date. Undefined where nothing does.
 */
export function dueOnDeal(
  deal: Pick<Deal, 'status' | 'extendStatus' | 'expirationDate'>,
  contract: Pick<Contract, 'status' | 'swappedTo'>,
  on: PlainDate,
): 'leaveAggregator' | 'endWithContract' | 'expire' | undefined {
  if (!isOpenDeal(deal.status)) return undefined;
  if (hasGoneOver(contract)) return 'leaveAggregator';
  if (ENDED_STATUSES.has(contract.status)) return 'endWithContract';
  return isOverdue(deal, on) ? 'expire' : undefined;
}
