import { dateOf, type PlainDate, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { type Deal, type DealExtensionMoved, type DealMoved, movedDeal, movedExtension } from '../domain/deal/deal.ts';
import type { DealActor } from '../domain/deal/status.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { type DealPortal, dealChanged } from './deal-changed.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { refuseOtherVersion } from './if-match.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownDeal } from './read-deals.ts';
import type { DealChange } from './register-deal.ts';
import { contractStatusRefusal } from './requested-change.ts';

type MoveDealPortal = DealPortal & Pick<Portal, 'units' | 'contracts' | 'billingOrders' | 'organizations'>;

type Verb = {
  by: Exclude<DealActor, 'SYSTEM'>;
  /** What the history calls it. */
  action: string;
  /** Of the extension's table, not of the deal's own. */
  ofExtension?: true;
  /** Who is told of it by mail: the other side. Nobody where nothing is to be done or known. */
  tells?: 'VENDOR' | 'AGGREGATOR';
  /** The contract must not have ended. */
  needsContract?: true;
  needsUsage?: true;
};

/** What aggregator and vendor do with a deal; where each leads is in the tables (domain/deal/status.ts). */
const VERBS = {
  submit: { by: 'AGGREGATOR', action: 'submitDeal', tells: 'VENDOR', needsContract: true },
  convert: { by: 'AGGREGATOR', action: 'convertDeal', tells: 'VENDOR', needsUsage: true },
  lose: { by: 'AGGREGATOR', action: 'loseDeal' },
  abandon: { by: 'AGGREGATOR', action: 'abandonDeal' },
  requestExtension: { by: 'AGGREGATOR', action: 'requestDealExtension', ofExtension: true, tells: 'VENDOR' },
  approve: { by: 'VENDOR', action: 'approveDeal', tells: 'AGGREGATOR', needsContract: true },
  askToRevise: { by: 'VENDOR', action: 'askToReviseDeal', tells: 'AGGREGATOR' },
  deny: { by: 'VENDOR', action: 'denyDeal', tells: 'AGGREGATOR' },
  withdrawProduct: { by: 'VENDOR', action: 'withdrawDealProduct', tells: 'AGGREGATOR' },
  approveExtension: { by: 'VENDOR', action: 'approveDealExtension', ofExtension: true, tells: 'AGGREGATOR' },
  denyExtension: { by: 'VENDOR', action: 'denyDealExtension', ofExtension: true, tells: 'AGGREGATOR' },
} as const satisfies Record<string, Verb>;

export type DealVerb = keyof typeof VERBS;

/**
 * Moves a deal, or its extension, by its table (domain.md §4 "Deal").
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CONTRACT_STATUS where the contract has ended;
 *   NOT_CONSUMED when a deal is converted before its product is used; CHANGED_MEANWHILE
 */
export function moveDeal(
  portal: MoveDealPortal,
  name: DealVerb,
  { caller, dealId, now, ifMatch, comment }: DealChange & { comment?: string | undefined },
): Promise<Deal> {
  const verb: Verb = VERBS[name];
  const on = dateOf(now);
  return committed(portal, 'The deal', async () => {
    const right = verb.by === 'VENDOR' ? 'decideDeals' : 'registerDeals';
    const before = await ownDeal(portal, caller, right, dealId);
    refuseOtherVersion(before.version, ifMatch);
    const moved = verb.ofExtension ? movedExtension(before, name, verb.by, on) : movedDeal(before, name, verb.by, on);
    const after = mustBe(moved);
    const changes = [
      ...dealChanged(portal, before, after, {
        actor: caller.userId,
        organizationId: caller.organizationId,
        now,
        action: verb.action,
        reason: comment,
        told: await toldOf(portal, verb, before),
      }),
      ...(verb.needsContract ? [await contractStands(portal, before)] : []),
    ];
    if (verb.needsUsage) await refuseUnused(portal, before, on);
    return { changes, result: { ...after, version: before.version + 1, lastModifiedTime: now.toISOString() } };
  });
}

function mustBe(moved: DealMoved | DealExtensionMoved): Deal {
  if (moved.ok) return moved.deal;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The deal is ${moved.from}: ${moved.verb} is not possible then`);
}

async function toldOf(portal: MoveDealPortal, { tells }: Verb, { aggregatorId }: Deal): Promise<string[]> {
  if (tells === 'AGGREGATOR') return [aggregatorId];
  const vendor = tells && (await portal.organizations.vendor());
  return vendor ? [vendor.id] : [];
}

/** @throws PortalError CONTRACT_STATUS */
async function contractStands(portal: MoveDealPortal, { contractId }: Deal): Promise<Change> {
  const contract = await contractOf(portal, contractId);
  if (hasEnded(contract)) throw contractStatusRefusal(contract);
  return portal.contracts.unchanged(contract);
}

/** @throws PortalError NOT_CONSUMED */
async function refuseUnused(portal: MoveDealPortal, deal: Deal, on: PlainDate): Promise<void> {
  if (await isConsumed(portal, deal, on)) return;
  const since = periodOf(deal.creationDate);
  const message = `Contract ${deal.contractNumber} has no usage of ${deal.productSKU} since ${since}: a deal is won when it has`;
  throw new PortalError('NOT_CONSUMED', message);
}

/** Whether the contract has usage of the product in a month since the deal was registered, as its orders stand now. */
async function isConsumed(
  portal: MoveDealPortal,
  { contractId, creationDate, productSKU }: Deal,
  on: PlainDate,
): Promise<boolean> {
  const months = periodsFromTo(periodOf(creationDate), periodOf(on));
  for (const { id, lineSet, status } of await portal.billingOrders.ofContract(contractId, months)) {
    if (status === 'CANCELLED') continue;
    const lines = await portal.billingOrders.linesOf(id, lineSet);
    const isUse = (line: (typeof lines)[number]) =>
      line.productCode === productSKU && line.quantity > 0n && months.includes(line.usagePeriod);
    if (lines.some(isUse)) return true;
  }
  return false;
}
