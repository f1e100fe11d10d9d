import type { Period } from '../domain/calendar/period.ts';
import type { FamilyType } from '../domain/catalogue/family.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import { costReportUsage } from './cost-report-usage.ts';
import { type MeteredUsage, type MeteredUsagePortal, meteredUsage } from './metered-usage.ts';
import type { Portal } from './ports/portal.ts';

export type SaidUsagePortal = MeteredUsagePortal & Pick<Portal, 'costReports'>;

/** All that a feed says of a contract's month: what it doesn't name was not used. */
type UsageFeed = (portal: SaidUsagePortal, contract: Contract, of: Period) => Promise<FedUsage[]>;

/** The lines a month comes to, and how they came in. */
export type SaidUsage = MeteredUsage & { origin: 'METER' | 'FEED' };

/** What families' usage comes from that nobody reports by hand (table of domain.md §5); the others are metered, if at all. */
const FEEDS: Partial<Record<FamilyType, UsageFeed>> = {
  AWS_RESELL: costReportUsage,
};

/** What is said of a contract's month, by its meters or by its family's feed. */
export async function saidUsage(portal: SaidUsagePortal, contract: Contract, of: Period): Promise<SaidUsage> {
  const feed = FEEDS[contract.listing.familyType];
  const said = feed
    ? { isTold: true, lines: await feed(portal, contract, of), meters: [] }
    : await meteredUsage(portal, contract, of);
  return { ...said, origin: originOf(contract) };
}

/** How lines that are filled into a contract's orders come in. */
export function originOf({ listing }: Pick<Contract, 'listing'>): 'METER' | 'FEED' {
  return FEEDS[listing.familyType] ? 'FEED' : 'METER';
}
