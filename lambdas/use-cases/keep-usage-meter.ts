import type { Contract } from '../domain/contract/contract.ts';
import type { UsageSite } from '../domain/contract/usage-site.ts';
import {
  type MeterConnection,
  type MeteredContract,
  type MeterMode,
  meteredContractFaults,
  type UsageMeter,
} from '../domain/usage-meter/usage-meter.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { type MeteredPortal, meteredContractChanges } from './metered-contracts.ts';
import { meterSubject, ownUsageMeter } from './own-usage-meter.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { notValid } from './requested-change.ts';

type KeepMetersPortal = MeteredPortal & Pick<Portal, 'units' | 'usageSites'>;

/** A contract that a meter is to report for, and where it stands. */
export type AskedContract = { contractId: string; usageSiteId?: string | undefined };

/** What is told of a new meter. */
export type MeterFields = {
  instanceId: string;
  name: string;
  softwareVersion: string;
  mode: MeterMode;
  connection: MeterConnection;
  contracts: readonly AskedContract[];
};

/** What may change of a meter; what isn't given stays. */
export type MeterEdit = { [Field in Exclude<keyof MeterFields, 'instanceId'>]?: MeterFields[Field] | undefined };

/** Who changes meters, and when. */
export type MeterChange = { caller: Caller; now: Date };

/**
 * Registers a usage meter for one or several contracts of the caller's organization.
 * @throws PortalError AUTOMATIC_REPORTING_OFF; BAD_REQUEST; CONTRACT_STATUS; CHANGED_MEANWHILE
 */
export function registerUsageMeter(
  portal: KeepMetersPortal,
  change: MeterChange & { id: string },
  fields: MeterFields,
): Promise<UsageMeter> {
  const { caller, now } = change;
  const { organizationId } = caller;
  return committed(portal, 'The usage meters of the organization', async () => {
    const reporting = await portal.usageMeters.automaticReporting(organizationId);
    if (!reporting.optedIn) {
      throw new PortalError('AUTOMATIC_REPORTING_OFF', 'Choose automatic reporting for the organization first');
    }
    const [contracts, instance] = await Promise.all([
      meteredContracts(portal, organizationId, fields.contracts),
      portal.usageMeters.instance(organizationId, fields.instanceId),
    ]);
    const meter: UsageMeter = {
      id: change.id,
      serviceProviderId: organizationId,
      ...fields,
      contracts,
      shared: instance.meterIds.length > 0,
      registeredTime: now.toISOString(),
      lastModifiedTime: now.toISOString(),
      edits: 1,
      version: 1,
    };
    const changes = [
      ...portal.usageMeters.created(meter, now),
      portal.usageMeters.automaticReportingChanged({ ...reporting, meters: reporting.meters + 1 }),
      portal.usageMeters.instanceChanged({ ...instance, meterIds: [...instance.meterIds, meter.id] }),
      ...(await sharedChanges(portal, instance.meterIds, true, now)),
      ...(await meteredContractChanges(portal, undefined, meter, { actor: caller.userId, now })),
      recorded(portal, meter, change, 'registerUsageMeter', { to: meter.mode }),
    ];
    return { changes, result: meter };
  });
}

/**
 * Renames a meter, tells its new version or connection, moves it to other contracts or sites, or takes it into production.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED from production back to test; BAD_REQUEST;
 *   CONTRACT_STATUS; CHANGED_MEANWHILE
 */
export function changeUsageMeter(
  portal: KeepMetersPortal,
  change: MeterChange & { meterId: string; ifMatch: IfMatch },
  edit: MeterEdit,
): Promise<UsageMeter> {
  const { caller, now, meterId } = change;
  return committed(portal, 'The usage meter', async () => {
    const before = await ownUsageMeter(portal, caller, 'manageUsageMeters', meterId);
    refuseOtherVersion(before.edits, change.ifMatch);
    if (before.mode === 'PRODUCTION' && edit.mode === 'TEST') {
      throw new PortalError('TRANSITION_NOT_ALLOWED', 'A meter in production never goes back to test');
    }
    const contracts = edit.contracts && (await meteredContracts(portal, caller.organizationId, edit.contracts));
    const begins = before.mode === 'TEST' && edit.mode === 'PRODUCTION';
    const { name, softwareVersion, mode, connection } = { ...before, ...given(edit) };
    const meter: UsageMeter = {
      ...before,
      name,
      softwareVersion,
      mode,
      connection,
      ...(contracts && { contracts }),
      ...(begins && { productionSince: now.toISOString() }),
      lastModifiedTime: now.toISOString(),
      edits: before.edits + 1,
    };
    const stays = new Set(meter.contracts.map(({ contractId }) => contractId));
    const left = before.contracts.filter(({ contractId }) => !stays.has(contractId));
    const changes = [
      ...portal.usageMeters.changed(meter, now, left),
      ...(await meteredContractChanges(portal, before, meter, { actor: caller.userId, now })),
      recorded(portal, meter, change, 'changeUsageMeter', { reason: Object.keys(given(edit)).sort().join(', ') }),
    ];
    return { changes, result: { ...meter, version: meter.version + 1 } };
  });
}

/**
 * Removes a meter: it takes no more readings; what it has reported stays.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export function removeUsageMeter(
  portal: KeepMetersPortal,
  change: MeterChange & { meterId: string; ifMatch: IfMatch },
): Promise<void> {
  const { caller, now, meterId } = change;
  return committed(portal, 'The usage meter', async () => {
    const before = await ownUsageMeter(portal, caller, 'manageUsageMeters', meterId);
    refuseOtherVersion(before.edits, change.ifMatch);
    const [reporting, instance] = await Promise.all([
      portal.usageMeters.automaticReporting(before.serviceProviderId),
      portal.usageMeters.instance(before.serviceProviderId, before.instanceId),
    ]);
    const removedTime = now.toISOString();
    const meter: UsageMeter = { ...before, removedTime, lastModifiedTime: removedTime, edits: before.edits + 1 };
    const others = instance.meterIds.filter((id) => id !== meterId);
    const changes = [
      ...portal.usageMeters.changed(meter, now),
      portal.usageMeters.automaticReportingChanged({ ...reporting, meters: reporting.meters - 1 }),
      portal.usageMeters.instanceChanged({ ...instance, meterIds: others }),
      ...(others.length === 1 ? await sharedChanges(portal, others, false, now) : []),
      ...(await meteredContractChanges(portal, before, meter, { actor: caller.userId, now })),
      recorded(portal, meter, change, 'removeUsageMeter'),
    ];
    return { changes, result: undefined };
  });
}

/** Whether the others with its instance id share it, where that has changed. */
async function sharedChanges(
  portal: KeepMetersPortal,
  meterIds: readonly string[],
  shared: boolean,
  now: Date,
): Promise<Change[]> {
  const meters = await portal.usageMeters.getMany(meterIds);
  return meters
    .filter((meter) => meter.shared !== shared)
    .flatMap((meter) => portal.usageMeters.changed({ ...meter, shared }, now));
}

/** The contracts asked for, with their sites; refused with every one that is wrong. */
async function meteredContracts(
  portal: KeepMetersPortal,
  organizationId: string,
  asked: readonly AskedContract[],
): Promise<MeteredContract[]> {
  const found = await portal.contracts.getMany([...new Set(asked.map(({ contractId }) => contractId))]);
  const own = new Map<string, Contract>(
    found.flatMap(({ contract }) => (contract.serviceProviderId === organizationId ? [[contract.id, contract]] : [])),
  );
  const unknown = asked.flatMap(({ contractId }, index) =>
    own.has(contractId)
      ? []
      : [{ field: `contracts[${index}].contractId`, message: 'is no contract of your organization' }],
  );
  if (unknown.length > 0) throw notValid(unknown);
  const sitesOf = new Map<string, UsageSite[]>();
  for (const [id, contract] of own) {
    if (hasEnded(contract)) {
      const { contractNumber, status } = contract;
      throw new PortalError('CONTRACT_STATUS', `Contract ${contractNumber} is ${status}: no meter reports for it`);
    }
    const sites = await portal.usageSites.ofContract(id);
    sitesOf.set(
      id,
      sites.filter(({ closedTime }) => closedTime === undefined),
    );
  }
  const contracts = asked.map(({ contractId, usageSiteId }): MeteredContract => {
    const { contractNumber, aggregatorId, listing } = own.get(contractId) as Contract;
    const site = sitesOf.get(contractId)?.find(({ id }) => id === usageSiteId);
    return {
      contractId,
      contractNumber,
      familyType: listing.familyType,
      ...(listing.kind && { kind: listing.kind }),
      aggregatorId,
      ...(usageSiteId !== undefined && { siteId: usageSiteId }),
      ...(site && { siteName: site.name }),
    };
  });
  const faults = meteredContractFaults(contracts, (id) => sitesOf.get(id)?.map((site) => site.id) ?? []);
  if (faults.length > 0) {
    throw notValid(faults.map(({ index, field, message }) => ({ field: `contracts[${index}].${field}`, message })));
  }
  return contracts;
}

function given(edit: MeterEdit): Partial<UsageMeter> {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
}

function recorded(
  portal: KeepMetersPortal,
  { id, serviceProviderId, edits }: UsageMeter,
  { caller, now }: MeterChange,
  action: string,
  more: { to?: string; reason?: string } = {},
): Change {
  const subject = meterSubject(id);
  const actor = caller.userId;
  return audited(portal, { organizationId: serviceProviderId, subject, version: edits, now, actor, action, ...more });
}
