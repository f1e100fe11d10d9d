import type { Contract } from '../domain/contract/contract.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { contractSubject } from './request-recorded.ts';

/**
 * Gives a contract these tags in place of those it has. Both of its parties see and set them.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export function tagContract(
  portal: Pick<Portal, 'units' | 'audit' | 'contracts'>,
  { caller, contractId, now, ifMatch }: { caller: Caller; contractId: string; now: Date; ifMatch: IfMatch },
  tags: readonly string[],
): Promise<Contract> {
  return committed(portal, 'The contract', async () => {
    const { contract } = await ownContract(portal, caller, 'keepUsageSites', contractId);
    refuseOtherVersion(contract.version, ifMatch);
    const version = contract.version + 1;
    const entry = audited(portal, {
      organizationId: contract.aggregatorId,
      subject: contractSubject(contractId),
      version,
      now,
      actor: caller.userId,
      action: 'tagContract',
      from: contract.tags.join(', '),
      to: tags.join(', '),
    });
    const changes = [portal.contracts.changed({ ...contract, tags }, now), entry];
    return { changes, result: { ...contract, tags, version } };
  });
}
