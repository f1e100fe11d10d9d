import { type LicenseKey, licenseKeyFaults, type OneOffOrder } from '../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_TRANSITIONS, type OneOffOrderDecision } from '../domain/one-off-order/status.ts';
import { transition } from '../domain/transitions.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { type OneOffOrderPortal, oneOffOrderChanged } from './one-off-order-changed.ts';
import { refuseOneOffOrder } from './order-licenses.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownOneOffOrder } from './read-one-off-orders.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';

type DecidePortal = OneOffOrderPortal & Pick<Portal, 'units' | 'contracts' | 'catalogue' | 'secrets'>;

/** Who of the vendor decides of which order, and what its parties are told. */
export type OneOffOrderDecided = {
  caller: Caller;
  orderId: string;
  now: Date;
  ifMatch: IfMatch;
  comment?: string | undefined;
  /** On fulfilling. */
  licenseKeys?: readonly LicenseKey[];
};

const ACTIONS: Readonly<Record<OneOffOrderDecision, string>> = {
  approve: 'approveOneOffOrder',
  reject: 'rejectOneOffOrder',
  fulfil: 'fulfilOneOffOrder',
};

/** What licence keys are sealed for. */
export const licenseKeysPurpose = (orderId: string): string => `licenseKeys:${orderId}`;

/**
 * The vendor approves or rejects a one-off order, or fulfils it with licence keys (domain.md §4 "One-off order"). Keys are
 * encrypted before they are stored.
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; on approving CONTRACT_STATUS and
 *   CONTRACT_DELINQUENT; on fulfilling CONTRACT_STATUS once the contract has ended and BAD_REQUEST; CHANGED_MEANWHILE
 */
export function decideOneOffOrder(
  portal: DecidePortal,
  decision: OneOffOrderDecision,
  { caller, orderId, now, ifMatch, comment, licenseKeys }: OneOffOrderDecided,
): Promise<OneOffOrder> {
  return committed(portal, 'The one-off order', async () => {
    const before = await ownOneOffOrder(portal, caller, 'decideOneOffOrders', orderId);
    refuseOtherVersion(before.version, ifMatch);
    const moved = transition(ONE_OFF_ORDER_TRANSITIONS, before.status, decision, 'VENDOR');
    if (!moved.ok) {
      throw new PortalError(
        'TRANSITION_NOT_ALLOWED',
        `The order is ${before.status}: ${decision} is not possible then`,
      );
    }
    const after: OneOffOrder = {
      ...before,
      status: moved.to,
      ...(comment !== undefined && { comment }),
      ...(licenseKeys && { licenseKeys: licenseKeys.length }),
    };
    const changes = [
      ...oneOffOrderChanged(portal, before, after, {
        actor: caller.userId,
        organizationId: caller.organizationId,
        now,
        action: ACTIONS[decision],
        reason: comment,
      }),
      ...(decision === 'reject' ? [] : await stillPossible(portal, before, decision)),
      ...(licenseKeys ? [await keysGiven(portal, before, licenseKeys)] : []),
    ];
    return { changes, result: { ...after, version: before.version + 1, lastModifiedTime: now.toISOString() } };
  });
}

async function stillPossible(
  portal: DecidePortal,
  { contractId }: OneOffOrder,
  decision: OneOffOrderDecision,
): Promise<Change[]> {
  const contract = await contractOf(portal, contractId);
  if (decision === 'approve') refuseOneOffOrder(contract);
  else if (hasEnded(contract)) throw contractStatusRefusal(contract);
  return [portal.contracts.unchanged(contract)];
}

async function keysGiven(portal: DecidePortal, order: OneOffOrder, keys: readonly LicenseKey[]): Promise<Change> {
  const [{ products }, { listing }] = await Promise.all([
    portal.catalogue.current(),
    contractOf(portal, order.contractId),
  ]);
  const ofFamily = products.filter(({ family }) => family === listing.familyType);
  const faults = licenseKeyFaults(order, keys, new Set(ofFamily.map(({ code }) => code)));
  if (faults.length > 0) throw notValid(faults);
  const sealed = await portal.secrets.seal(JSON.stringify(keys), licenseKeysPurpose(order.id));
  return portal.oneOffOrders.keysGiven(order.id, sealed);
}
