import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import { periodAt } from '../domain/contract/billing-period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type CommitmentTerm, type HostCommitment, lastDayOf } from '../domain/subscription/host-commitment.ts';
import type { Subscription } from '../domain/subscription/subscription.ts';
import { listedPrices } from './cloud-usage-said.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

/**
 * A subscription with its quantity committed for 1 or 3 years from a day on, at the price of the first month; it runs until the
 * commitment's last period ends (README of subscription/).
 *
 * @throws PortalError NOT_PRICED; SUBSCRIPTION_TERM when the contract ends before
 */
export async function commitHosts(
  portal: Pick<Portal, 'catalogue'>,
  charged: ContractWithRevisions,
  subscription: Subscription,
  term: CommitmentTerm,
  from: PlainDate,
): Promise<Subscription> {
  const { contract } = charged;
  const first = periodAt(contract.anniversary, from);
  const price = (await listedPrices(portal, charged, first))(subscription.productCode);
  if (!price) throw new PortalError('NOT_PRICED', `${subscription.productCode} has no price in ${first} yet`);
  const commitment: HostCommitment = {
    ...term,
    id: `${subscription.subscriptionNumber}-C${subscription.commitments.length + 1}`,
    first,
    quantity: subscription.quantity,
    price: { ...price, from: 'SOURCE' },
  };
  const until = lastDayOf(commitment, contract.anniversary ?? from);
  if (contract.eolDate !== undefined && until > contract.eolDate) {
    throw new PortalError(
      'SUBSCRIPTION_TERM',
      `The commitment runs until ${until}, and the contract ends on ${contract.eolDate}: renew it first, or commit for less`,
    );
  }
  return { ...subscription, until, commitments: [...subscription.commitments, commitment] };
}

/**
 * What is committed with a new commitment, which is said of its months from then on: the month that it begins in is brought up to
 * date, where that has begun; the orders of those that follow are when they are made.
 *
 * @param feed version of the contract's feed head as it was read: refused when another change came first
 */
export function commitmentMade(
  portal: Pick<Portal, 'feedHeads' | 'meteredMonths'>,
  { id: contractId, anniversary }: Contract,
  { id, commitments, version }: Subscription,
  { feed, now }: { feed: number; now: Date },
): Change[] {
  const period = commitments.at(-1)?.first;
  if (period === undefined) return [];
  const hasBegun = period <= periodAt(anniversary, dateOf(now));
  const cause = { kind: 'FEED', id, token: `commitment ${version}` } as const;
  return [
    portal.feedHeads.moved(contractId, feed),
    ...(hasBegun ? [portal.meteredMonths.isDue({ contractId, period }, cause, now)] : []),
  ];
}
