import { dateOf, type Period, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { type AskedCommitment, checkCommitment } from '../domain/customer-commitment/check-commitment.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import { takesCommitments } from '../domain/customer-commitment/status.ts';
import type { Caller } from './caller.ts';
import { commitmentChanged } from './commitment-changed.ts';
import { committed } from './committed.ts';
import { programmeFacts } from './contract-context.ts';
import { keptCommitments, keptCustomers } from './of-customers.ts';
import { refuseFamily } from './own-customer.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';

type MakePortal = Pick<
  Portal,
  | 'settings'
  | 'units'
  | 'audit'
  | 'outbox'
  | 'catalogue'
  | 'closes'
  | 'contracts'
  | 'contractMonths'
  | 'customers'
  | 'customerCommitments'
  | 'newId'
>;

/**
 * Makes a commitment of an end customer of a Sovereign Cloud contract (published-portal.md §6.7). Its months that have begun are
 * charged by it as long as they are not frozen.
 *
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS when the contract isn't ACTIVE; BAD_REQUEST with every
 *   field that is wrong; CHANGED_MEANWHILE
 */
export function makeCustomerCommitment(
  portal: MakePortal,
  { caller, contractId, now }: { caller: Caller; contractId: string; now: Date },
  asked: AskedCommitment,
): Promise<{ commitment: CustomerCommitment; customerName: string }> {
  return committed(portal, 'The contract', async () => {
    const { contract } = await ownContract(portal, caller, 'keepCommitments', contractId);
    refuseFamily(contract, 'SOV');
    if (!takesCommitments(contract)) throw contractStatusRefusal(contract);
    const [{ frozenUntil, lastClaimed }, kept, commitments] = await Promise.all([
      programmeFacts(portal, now),
      keptCustomers(portal, contract),
      keptCommitments(portal, contract),
    ]);
    const customers = new Map(kept.map(({ customerId, customerNumber }) => [customerId, customerNumber]));
    const checked = checkCommitment({ contract, customers, commitments, frozenUntil }, asked);
    if (!checked.ok) throw notValid(checked.errors);
    const [customer] = await portal.customers.getMany([checked.value.customerId]);
    const time = now.toISOString();
    const running = periodOf(dateOf(now));
    const { contractNumber, serviceProviderId, aggregatorId } = contract;
    const commitment: CustomerCommitment = {
      id: portal.newId(),
      contractId,
      contractNumber,
      serviceProviderId,
      aggregatorId,
      ...checked.value,
      status: checked.value.from <= running ? 'ACTIVE' : 'PENDING_EFFECTIVE_PERIOD',
      createdTime: time,
      lastModifiedTime: time,
      version: 1,
    };
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: 'makeCustomerCommitment' };
    const changes = [
      ...commitmentChanged(portal, undefined, commitment, move),
      // Of two commitments made at the same moment one is looked at again: the contract's version stands for all of them.
      portal.contracts.changed({ ...contract, hasCommitments: true }, now),
      ...begunMonths(commitment, running).map((of) => portal.contractMonths.still(contractId, of, 'OPEN')),
      portal.closes.noneClaimedSince(lastClaimed),
    ];
    return { changes, result: { commitment, customerName: customer?.name ?? '' } };
  });
}

/** The months of a commitment that have begun: they are charged by it while they are not frozen. */
export function begunMonths({ from, until }: Pick<CustomerCommitment, 'from' | 'until'>, running: Period): Period[] {
  return periodsFromTo(from, until < running ? until : running);
}
