import type { LicenseKey } from '../domain/one-off-order/one-off-order.ts';
import type { Caller } from './caller.ts';
import { licenseKeysPurpose } from './decide-one-off-order.ts';
import { PortalError, RetryableError } from './errors.ts';
import { oneOffOrderSubject, VIEW_ENTRY } from './one-off-order-changed.ts';
import type { Portal } from './ports/portal.ts';
import { ownOneOffOrder } from './read-one-off-orders.ts';

type ShowPortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'oneOffOrders' | 'users' | 'secrets' | 'newId'>;

/**
 * The licence keys of an order, to Operations of its service provider and to the contract's licence contact: the user of
 * the service provider whose address that is. That somebody looks at them is written down first.
 *
 * @throws PortalError NOT_FOUND, also while it has no keys; NOT_ALLOWED
 */
export async function showLicenseKeys(
  portal: ShowPortal,
  caller: Caller,
  orderId: string,
  now: Date,
): Promise<LicenseKey[]> {
  const order = await ownOneOffOrder(portal, caller, 'readLicenseKeys', orderId);
  if (!caller.roles.includes('Operations') && !(await isLicenseContact(portal, caller, order.contractId))) {
    throw new PortalError('NOT_ALLOWED', "Licence keys are shown to Operations and to the contract's licence contact");
  }
  const sealed = await portal.oneOffOrders.keysOf(orderId);
  if (!sealed) throw new PortalError('NOT_FOUND', `The order ${order.orderNumber} has no licence keys`);
  const time = now.toISOString();
  const written = await portal.units.commit([
    portal.audit.recorded({
      organizationId: caller.organizationId,
      subject: oneOffOrderSubject(orderId),
      id: `${VIEW_ENTRY}${time}#${portal.newId()}`,
      time,
      actor: caller.userId,
      action: 'viewLicenseKeys',
    }),
  ]);
  if (!written.ok) throw new RetryableError('that the licence keys are looked at was not written down');
  return JSON.parse(await portal.secrets.open(sealed, licenseKeysPurpose(orderId))) as LicenseKey[];
}

async function isLicenseContact(portal: ShowPortal, { userId }: Caller, contractId: string): Promise<boolean> {
  const [user, found] = await Promise.all([portal.users.get(userId), portal.contracts.get(contractId)]);
  return user !== undefined && found?.contract.contacts.license?.email.toLowerCase() === user.email;
}
