import { type Customer, type CustomerFields, customerFaults, type Siso } from '../domain/customer/customer.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { type CustomerOfContract, customerRecorded, ownCustomer, refuseContract } from './own-customer.ts';
import type { Portal } from './ports/portal.ts';
import { notValid } from './requested-change.ts';

type EditPortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'customers'>;

/** Who changes which customer of which contract. */
export type CustomerEdit = { caller: Caller; contractId: string; customerId: string; now: Date; ifMatch: IfMatch };

/**
 * Changes what is said of a customer, on all contracts it is of: a field that isn't given is empty from now on.
 * @param family of the contracts that the call is for
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS; NOT_ALLOWED when another service provider has registered
 *   it; VERSION_MISMATCH; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function editCustomer(
  portal: EditPortal,
  edit: CustomerEdit,
  family: 'SOV' | 'LPCAAS',
  fields: CustomerFields,
): Promise<CustomerOfContract> {
  const { caller, now } = edit;
  return committed(portal, 'The customer', async () => {
    const found = await ownCustomer(portal, caller, 'keepCustomers', edit);
    refuseContract(found.contract, family);
    const before = found.customer;
    if (before.serviceProviderId !== caller.organizationId) {
      throw new PortalError(
        'NOT_ALLOWED',
        'Another service provider has registered the customer, and alone changes it',
      );
    }
    refuseOtherVersion(before.version, edit.ifMatch);
    const faults = customerFaults(fields);
    if (faults.length > 0) throw notValid(faults);
    const { id, customerNumber, serviceProviderId, lastModifiedTime, version } = before;
    const customer: Customer = { id, customerNumber, serviceProviderId, lastModifiedTime, version, ...fields };
    const changes = [
      portal.customers.changed(customer, now),
      audited(portal, {
        organizationId: caller.organizationId,
        subject: `CUSTOMER#${id}`,
        version: version + 1,
        now,
        actor: caller.userId,
        action: 'changeCustomer',
        to: customerNumber,
      }),
    ];
    const after = { ...customer, version: version + 1, lastModifiedTime: now.toISOString() };
    return { changes, result: { ...found, customer: after } };
  });
}

/**
 * Says who else has a part in a customer's business on a contract: what isn't given is nobody.
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export function setCustomerSiso(portal: EditPortal, edit: CustomerEdit, siso: Siso): Promise<CustomerOfContract> {
  const { caller, now } = edit;
  return committed(portal, 'The customer', async () => {
    const found = await ownCustomer(portal, caller, 'keepCustomers', edit);
    refuseContract(found.contract, 'SOV', 'LPCAAS');
    refuseOtherVersion(found.kept.version, edit.ifMatch);
    const kept = { ...found.kept, siso };
    const version = kept.version + 1;
    const changes = [
      portal.customers.kept(kept, now),
      customerRecorded(portal, { ...kept, contractId: edit.contractId }, version, {
        caller,
        now,
        action: 'setCustomerSiso',
      }),
    ];
    return { changes, result: { ...found, kept: { ...kept, version, lastModifiedTime: now.toISOString() } } };
  });
}
