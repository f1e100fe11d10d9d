import { takesUsage } from '../domain/billing-order/in-hands.ts';
import { dateOf, periodOf } from '../domain/calendar/period.ts';
import type { ContractCustomer } from '../domain/customer/customer.ts';
import { isBound, labelFaults, rebound } from '../domain/customer/labels.ts';
import { committed } from './committed.ts';
import type { CustomerEdit } from './edit-customer.ts';
import { refuseOtherVersion } from './if-match.ts';
import { keptCustomers } from './of-customers.ts';
import { orderChanged } from './order-changed.ts';
import { type CustomerOfContract, customerRecorded, ownCustomer, refuseContract } from './own-customer.ts';
import type { Portal } from './ports/portal.ts';
import { notValid } from './requested-change.ts';

type LabelPortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'customers' | 'billingOrders' | 'outbox'>;

/**
 * Says which labels of usage meters name a customer of a Sovereign Cloud contract. The running month is compared
 * anew with what its meters say; earlier ones stay as they are (domain/customer/README.md).
 *
 * @param labels all of them; what isn't named is let go of
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS; VERSION_MISMATCH; BAD_REQUEST when a label names another
 *   customer of the contract; CHANGED_MEANWHILE
 */
export function bindCustomerLabels(
  portal: LabelPortal,
  edit: CustomerEdit,
  labels: readonly string[],
): Promise<CustomerOfContract> {
  const { caller, contractId, customerId, now } = edit;
  return committed(portal, 'The contract', async () => {
    const found = await ownCustomer(portal, caller, 'keepCustomers', edit);
    const { contract, kept: before } = found;
    refuseContract(contract, 'SOV');
    refuseOtherVersion(before.version, edit.ifMatch);
    const customers = await keptCustomers(portal, contract);
    const others = customers.filter((each) => each.customerId !== customerId);
    const faults = labelFaults(labels, others);
    if (faults.length > 0) throw notValid(faults);
    const running = periodOf(dateOf(now));
    const orders = await portal.billingOrders.ofContract(contractId, [running]);
    const kept = { ...before, labels: rebound(before.labels, labels, running) };
    const version = kept.version + 1;
    const action = 'bindCustomerLabels';
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action };
    const text = (of: ContractCustomer) =>
      of.labels
        .filter(isBound)
        .map(({ label }) => label)
        .join(', ');
    const changes = [
      portal.customers.kept(kept, now),
      // Of two who bind a label at the same moment one is refused: the contract's version stands for its labels.
      portal.contracts.changed(contract, now),
      customerRecorded(portal, { ...kept, contractId }, version, {
        caller,
        now,
        action,
        from: text(before),
        to: text(kept),
      }),
      ...orders.filter(takesUsage).flatMap((order) => orderChanged(portal, order, order, move)),
    ];
    return { changes, result: { ...found, kept: { ...kept, version, lastModifiedTime: now.toISOString() } } };
  });
}
