import type { Period } from '../domain/calendar/period.ts';
import { spentOn } from '../domain/cloud-usage/cloud-month.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { formatPoints, type Points } from '../domain/numbers/amounts.ts';
import { newCrossing } from '../domain/subscription/threshold.ts';
import { type CloudUsagePortal, cloudUsageSaid } from './cloud-usage-said.ts';
import { committed } from './committed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { contractSubject } from './request-recorded.ts';

export type ThresholdPortal = CloudUsagePortal & Pick<Portal, 'clock' | 'units' | 'audit' | 'outbox' | 'notices'>;

/**
 * Tells the parties of an MSP contract that a month has come to more than its threshold, once for each crossing; from then on
 * nothing new is subscribed until it is raised (domain.md §5 "Money families").
 */
export async function noteThreshold(portal: ThresholdPortal, contract: Contract, of: Period): Promise<void> {
  if (contract.listing.familyType !== 'MSP' || contract.threshold === undefined) return;
  const spent = spentOn(await cloudUsageSaid(portal, contract, of), of);
  await committed(portal, 'The contract', async () => {
    const found = await portal.contracts.get(contract.id);
    const crossed = found && newCrossing(found.contract, of, spent);
    const changes = crossed ? thresholdCrossed(portal, found.contract, { ...crossed, spent }) : [];
    return { changes, result: undefined };
  });
}

function thresholdCrossed(
  portal: ThresholdPortal,
  contract: Contract,
  { spent, ...crossed }: NonNullable<Contract['crossed']> & { spent: Points },
): Change[] {
  const { id: contractId, contractNumber, serviceProviderId, aggregatorId, currency } = contract;
  const { period: usagePeriod } = crossed;
  const now = portal.clock();
  const time = now.toISOString();
  const id = `THRESHOLD_CROSSED#${contractId}#${usagePeriod}#${crossed.threshold}`;
  const of = { contractId, contractNumber, usagePeriod };
  const figures = { spent: formatPoints(spent), threshold: formatPoints(crossed.threshold), currency };
  return [
    portal.contracts.changed({ ...contract, crossed }, now),
    portal.audit.recorded({
      organizationId: serviceProviderId,
      subject: contractSubject(contractId),
      id,
      time,
      actor: 'SYSTEM',
      action: 'crossThreshold',
      reason: usagePeriod,
    }),
    portal.outbox.queued({ id, type: 'ThresholdCrossed', time, detail: { ...of, serviceProviderId, aggregatorId } }),
    ...[serviceProviderId, aggregatorId].map((recipientId) =>
      portal.notices.queued({
        id: `${id}#${recipientId}`,
        kind: 'THRESHOLD_CROSSED',
        time,
        recipientId,
        ...of,
        figures,
      }),
    ),
  ];
}
