import type { Contract } from '../domain/contract/contract.ts';
import { type UsageSite, usageSiteFaults } from '../domain/contract/usage-site.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { contractSubject } from './request-recorded.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';

type SitePortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'usageSites'>;

/** Who keeps the sites of which contract. */
export type SiteChange = { caller: Caller; contractId: string; now: Date };

/** What is told of a site. */
export type SiteFields = Pick<UsageSite, 'name' | 'countryRegion' | 'address' | 'postCode'>;

/**
 * Adds a usage site to a contract.
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS when the contract has ended; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function createUsageSite(
  portal: SitePortal,
  change: SiteChange & { id: string },
  fields: SiteFields,
): Promise<UsageSite> {
  return committed(portal, 'The contract', async () => {
    const { contract, sites } = await ownSites(portal, change);
    refuseFaults(fields, sites);
    const { serviceProviderId, contractReferenceNumber } = contract;
    const site: UsageSite = {
      id: change.id,
      contractId: contract.id,
      serviceProviderId,
      contractReferenceNumber,
      ...fields,
      lastModifiedTime: change.now.toISOString(),
      version: 1,
    };
    const changes = [
      portal.usageSites.created(site),
      nameTaken(portal, contract, change.now),
      siteRecorded(portal, contract, site, change, { action: 'createUsageSite', to: site.name }),
    ];
    return { changes, result: site };
  });
}

/**
 * Changes an open usage site.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED when it is closed; CONTRACT_STATUS; BAD_REQUEST;
 *   CHANGED_MEANWHILE
 */
export function editUsageSite(
  portal: SitePortal,
  change: SiteChange & { siteId: string; ifMatch: IfMatch },
  fields: { [Field in keyof SiteFields]?: SiteFields[Field] | undefined },
): Promise<UsageSite> {
  return committed(portal, 'The usage site', async () => {
    const { contract, sites } = await ownSites(portal, change);
    const before = openSite(sites, change);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const site: UsageSite = { ...before, ...given };
    refuseFaults(
      site,
      sites.filter(({ id }) => id !== site.id),
    );
    const after = changedBy(site, change);
    const changes = [
      portal.usageSites.changed(site, change.now),
      ...(site.name === before.name ? [] : [nameTaken(portal, contract, change.now)]),
      siteRecorded(portal, contract, after, change, { action: 'changeUsageSite', from: before.name, to: site.name }),
    ];
    return { changes, result: after };
  });
}

/**
 * Closes a usage site: it takes no more usage, and its name is free.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED when it is closed; CONTRACT_STATUS; CHANGED_MEANWHILE
 */
export function closeUsageSite(
  portal: SitePortal,
  change: SiteChange & { siteId: string; ifMatch: IfMatch },
): Promise<UsageSite> {
  return committed(portal, 'The usage site', async () => {
    const { contract, sites } = await ownSites(portal, change);
    const site = { ...openSite(sites, change), closedTime: change.now.toISOString() };
    const after = changedBy(site, change);
    const changes = [
      portal.usageSites.changed(site, change.now),
      siteRecorded(portal, contract, after, change, { action: 'closeUsageSite', from: site.name }),
    ];
    return { changes, result: after };
  });
}

async function ownSites(portal: SitePortal, { caller, contractId }: SiteChange) {
  const { contract } = await ownContract(portal, caller, 'keepUsageSites', contractId);
  const sites = await portal.usageSites.ofContract(contractId);
  if (hasEnded(contract)) throw contractStatusRefusal(contract);
  return { contract, sites };
}

function openSite(sites: readonly UsageSite[], { siteId, ifMatch }: { siteId: string; ifMatch: IfMatch }): UsageSite {
  const site = sites.find(({ id }) => id === siteId);
  if (!site) throw new PortalError('NOT_FOUND', `There is no usage site ${siteId} of this contract`);
  refuseOtherVersion(site.version, ifMatch);
  if (site.closedTime === undefined) return site;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The usage site was closed ${site.closedTime}: create a new one`);
}

function refuseFaults(fields: SiteFields, others: readonly UsageSite[]): void {
  const faults = usageSiteFaults(fields, others);
  if (faults.length > 0) throw notValid(faults);
}

const changedBy = (site: UsageSite, { now }: SiteChange): UsageSite => ({
  ...site,
  version: site.version + 1,
  lastModifiedTime: now.toISOString(),
});

/** Of two who take a name at the same moment one is refused: the contract's version stands for the names of its sites. */
const nameTaken = (portal: SitePortal, contract: Contract, now: Date): Change =>
  portal.contracts.changed(contract, now);

function siteRecorded(
  portal: SitePortal,
  { aggregatorId }: Contract,
  { id, contractId, version }: UsageSite,
  { caller, now }: SiteChange,
  said: { action: string; from?: string; to?: string },
): Change {
  return portal.audit.recorded({
    organizationId: aggregatorId,
    subject: contractSubject(contractId),
    id: `SITE#${id}#${String(version).padStart(8, '0')}`,
    time: now.toISOString(),
    actor: caller.userId,
    ...said,
  });
}
