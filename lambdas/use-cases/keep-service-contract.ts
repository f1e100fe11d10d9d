import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { refuseOtherFamily } from './order-subscription.ts';
import type { Portal } from './ports/portal.ts';
import type { ServiceContracts } from './ports/subscriptions.ts';
import { ownContract } from './read-contracts.ts';
import { notValid } from './requested-change.ts';
import { refuseMember } from './scope.ts';

type KeepPortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'catalogue' | 'subscriptions'>;

/** The contracts that services are charged to where none is named. @throws PortalError NOT_ALLOWED to a member of a work group */
export async function readServiceContracts(
  portal: Pick<Portal, 'subscriptions'>,
  caller: Caller,
): Promise<ServiceContracts> {
  refuseMember(caller);
  return portal.subscriptions.serviceContracts(caller.organizationId);
}

/**
 * Chooses the contract that new subscriptions of a service, a category of offers, are charged to where none is named: of
 * several commit contracts for a service one is its default (published-portal.md §7.A3).
 *
 * @throws PortalError NOT_ALLOWED to a member of a work group; NOT_FOUND; BAD_REQUEST; CHANGED_MEANWHILE
 */
export async function keepServiceContract(
  portal: KeepPortal,
  caller: Caller,
  { service, contractId }: { service: string; contractId: string },
  now: Date,
): Promise<ServiceContracts> {
  refuseMember(caller);
  const { organizationId, userId: actor } = caller;
  return committed(portal, 'The contracts of services', async () => {
    const { contract } = await ownContract(portal, caller, 'orderSubscriptions', contractId);
    refuseOtherFamily(contract);
    const [{ products }, before] = await Promise.all([
      portal.catalogue.current(),
      portal.subscriptions.serviceContracts(organizationId),
    ]);
    if (!products.some(({ family, category }) => family === 'MSP' && category === service)) {
      throw notValid([{ field: 'service', message: 'is no category of cloud services' }]);
    }
    const after = { ...before, contracts: { ...before.contracts, [service]: contractId } };
    const result = { ...after, version: before.version + 1 };
    if (before.contracts[service] === contractId) return { changes: [], result: before };
    const subject = `SERVICE-CONTRACTS#${organizationId}`;
    const move = { organizationId, subject, version: result.version, now, actor, action: 'keepServiceContract' };
    const changes = [
      portal.subscriptions.serviceContractsKept(after),
      audited(portal, { ...move, to: contract.contractNumber, reason: service }),
    ];
    return { changes, result };
  });
}
