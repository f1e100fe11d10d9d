import type { Period } from '../domain/calendar/period.ts';
import type { FamilyType } from '../domain/catalogue/family.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import { type CloudUsagePortal, cloudUsageSaid } from './cloud-usage-said.ts';
import { type CommittedProductsPortal, committedProductsSaid } from './committed-products-said.ts';
import { costReportUsage } from './cost-report-usage.ts';
import { deliveriesSaid } from './deliveries-said.ts';
import { type MeteredUsage, type MeteredUsagePortal, meteredUsage } from './metered-usage.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { veloSaid } from './velo-said.ts';

export type SaidUsagePortal = MeteredUsagePortal &
  CloudUsagePortal &
  CommittedProductsPortal &
  Pick<Portal, 'feedHeads' | 'serviceDeliveries' | 'veloOrders' | 'costReports'>;

/** All that a feed says of a contract's month: what it doesn't name was not used. */
type UsageFeed = (portal: SaidUsagePortal, contract: Contract, of: Period) => Promise<FedUsage[]>;

/** The lines a month comes to, and how they came in. Of a feed, `still` is refused when it says otherwise since. */
export type SaidUsage = MeteredUsage & { origin: 'METER' | 'FEED'; still?: Change };

/** What families' usage comes from that nobody reports by hand (table of domain.md §5); the others are metered, if at all. */
const FEEDS: Partial<Record<FamilyType, UsageFeed>> = {
  AWS_RESELL: costReportUsage,
  GSS: deliveriesSaid,
  LPCAAS: committedProductsSaid,
  MSP: cloudUsageSaid,
  SRV: deliveriesSaid,
  VELO: veloSaid,
};

/** What is said of a contract's month, by its meters or by its family's feed. */
export async function saidUsage(portal: SaidUsagePortal, contract: Contract, of: Period): Promise<SaidUsage> {
  const feed = FEEDS[contract.listing.familyType];
  if (!feed) return { ...(await meteredUsage(portal, contract, of)), origin: 'METER' };
  const version = await portal.feedHeads.version(contract.id);
  const lines = await feed(portal, contract, of);
  return { isTold: true, lines, meters: [], origin: 'FEED', still: portal.feedHeads.still(contract.id, version) };
}

/** How lines that are filled into a contract's orders come in. */
export function originOf({ listing }: Pick<Contract, 'listing'>): 'METER' | 'FEED' {
  return FEEDS[listing.familyType] ? 'FEED' : 'METER';
}
