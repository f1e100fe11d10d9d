import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { Product } from '../domain/catalogue/product.ts';
import { spentOn } from '../domain/cloud-usage/cloud-month.ts';
import { periodAt } from '../domain/contract/billing-period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type AskedSubscription, checkSubscription } from '../domain/subscription/check-order.ts';
import type { CommitmentTerm } from '../domain/subscription/host-commitment.ts';
import { placeOfSubscription, type Subscription, subscriptionId } from '../domain/subscription/subscription.ts';
import { isBlocked } from '../domain/subscription/threshold.ts';
import { type AnniversaryPortal, anniversaryBegun } from './begin-anniversary.ts';
import type { Caller } from './caller.ts';
import { type CloudUsagePortal, cloudUsageSaid, listedPrices } from './cloud-usage-said.ts';
import { commitHosts, commitmentMade } from './commit-hosts.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';
import { type SubscriptionPortal, subscriptionChanged } from './subscription-changed.ts';

export type OrderSubscriptionPortal = SubscriptionPortal &
  AnniversaryPortal &
  CloudUsagePortal &
  Pick<Portal, 'units' | 'feedHeads' | 'meteredMonths'>;

/** What who orders for which customer organization. */
export type SubscriptionOrder = AskedSubscription & {
  caller: Caller;
  now: Date;
  /** The contract that is charged; that of the offer's service unless told (keep-service-contract.ts). */
  contractId?: string | undefined;
  customerNumber: string;
  customerName: string;
  commitment?: CommitmentTerm | undefined;
};

/**
 * Subscribes a customer organization to a cloud service, charged to a contract. The first subscription of a contract sets
 * the days of its periods (domain.md §3 "ABD"). Nothing new is subscribed once the contract's threshold was crossed (§5).
 *
 * @throws PortalError NOT_FOUND; BAD_REQUEST; CONTRACT_STATUS; THRESHOLD_EXCEEDED; NOT_PRICED; SUBSCRIPTION_TERM; PERIOD_FROZEN;
 *   CHANGED_MEANWHILE
 */
export function orderSubscription(portal: OrderSubscriptionPortal, order: SubscriptionOrder): Promise<Subscription> {
  const { caller, now, customerNumber, customerName } = order;
  return committed(portal, 'The contract', async () => {
    const { products } = await portal.catalogue.current();
    const found = await chargedContract(portal, order, products);
    const { contract } = found;
    const feed = await portal.feedHeads.version(contract.id);
    const checked = checkSubscription(order, { contract, products, today: dateOf(now) });
    if (!checked.ok) throw notValid(checked.errors);
    const { product, quantity, from, until } = checked.value;
    const begun = contract.anniversary
      ? { contract, changes: [portal.contracts.unchanged(contract)] }
      : await anniversaryBegun(portal, contract, from, { actor: caller.userId, now });
    const charged = { contract: begun.contract, revisions: found.revisions };
    await Promise.all([refusePast(portal, contract, from), refuseBlocked(portal, contract, now)]);
    await refuseUnpriced(portal, charged, product, from);
    const place = 1 + Math.max(0, ...(await portal.subscriptions.ofContract(contract.id)).map(placeOf));
    const made: Subscription = {
      id: subscriptionId(contract.id, place),
      subscriptionNumber: `${contract.contractNumber}-S${place}`,
      contractId: contract.id,
      contractNumber: contract.contractNumber,
      serviceProviderId: contract.serviceProviderId,
      aggregatorId: contract.aggregatorId,
      customerNumber,
      customerName,
      productCode: product.code,
      productName: product.name,
      uom: product.uom,
      quantity,
      from,
      ...(until && { until }),
      cancelled: false,
      commitments: [],
      createdTime: now.toISOString(),
      lastModifiedTime: now.toISOString(),
      version: 1,
    };
    const subscription = order.commitment ? await commitHosts(portal, charged, made, order.commitment, from) : made;
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: 'orderSubscription' };
    const changes = [
      ...subscriptionChanged(portal, undefined, subscription, move),
      ...begun.changes,
      ...commitmentMade(portal, begun.contract, subscription, { feed, now }),
    ];
    return { changes, result: subscription };
  });
}

const placeOf = ({ id }: Subscription): number => placeOfSubscription(id)?.place ?? 0;

/**
 * The contract that is named, or the one that the offer's service is charged to.
 * @throws PortalError NOT_FOUND; BAD_REQUEST; CONTRACT_STATUS
 */
async function chargedContract(
  portal: OrderSubscriptionPortal,
  { caller, contractId: named, productCode }: SubscriptionOrder,
  products: readonly Product[],
): Promise<ContractWithRevisions> {
  const contractId = named ?? (await serviceContract(portal, caller, products, productCode));
  const found = await ownContract(portal, caller, 'orderSubscriptions', contractId);
  refuseOtherFamily(found.contract);
  if (found.contract.status !== 'ACTIVE') throw contractStatusRefusal(found.contract);
  return found;
}

/** @throws PortalError BAD_REQUEST */
export function refuseOtherFamily({ listing }: Contract): void {
  if (listing.familyType === 'MSP') return;
  throw notValid([{ field: 'contractId', message: 'must be a contract of cloud services (MSP)' }]);
}

async function serviceContract(
  portal: OrderSubscriptionPortal,
  { organizationId }: Caller,
  products: readonly Product[],
  productCode: string,
): Promise<string> {
  const product = products.find(({ code, family }) => code === productCode && family === 'MSP');
  if (!product) throw notValid([{ field: 'productCode', message: 'is no offer of cloud services' }]);
  const { contracts } = await portal.subscriptions.serviceContracts(organizationId);
  const contractId = Object.hasOwn(contracts, product.category) ? contracts[product.category] : undefined;
  if (contractId !== undefined) return contractId;
  const message = `is needed, as no contract is set for the service ${product.category}`;
  throw notValid([{ field: 'contractId', message }]);
}

/** A subscription doesn't begin in a month that is billed. @throws PortalError PERIOD_FROZEN */
async function refusePast(portal: OrderSubscriptionPortal, contract: Contract, from: PlainDate): Promise<void> {
  const of = periodAt(contract.anniversary, from);
  const states = await portal.contractMonths.states(contract.id, [of]);
  if (states.get(of) === 'OPEN') return;
  throw new PortalError('PERIOD_FROZEN', `${of} is billed already: let the subscription begin later`);
}

async function refuseBlocked(portal: OrderSubscriptionPortal, contract: Contract, now: Date): Promise<void> {
  if (contract.threshold === undefined) return;
  const of = periodAt(contract.anniversary, dateOf(now));
  if (!isBlocked(contract, spentOn(await cloudUsageSaid(portal, contract, of), of))) return;
  throw new PortalError(
    'THRESHOLD_EXCEEDED',
    'The contract has spent more in a month than its threshold: have the aggregator ask for a higher one first',
  );
}

async function refuseUnpriced(
  portal: OrderSubscriptionPortal,
  charged: ContractWithRevisions,
  { code }: Product,
  from: PlainDate,
): Promise<void> {
  const of = periodAt(charged.contract.anniversary, from);
  if ((await listedPrices(portal, charged, of))(code)) return;
  throw new PortalError('NOT_PRICED', `${code} has no price in ${charged.contract.currency} in ${of} yet`);
}
