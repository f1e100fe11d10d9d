import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import { committed } from './committed.ts';
import { meterSubject } from './own-usage-meter.ts';
import type { Change } from './ports/changes.ts';
import type { Notice } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';

// What is told of a meter's last upload is exact to that: each write is one of the meter and of its lists.
const EXACT_MS = 60_000;

type UploadedPortal = Pick<Portal, 'units' | 'audit' | 'notices' | 'usageMeters'>;

/** Notes that a meter has uploaded; tells its service provider when it had stopped and does so again. */
export function meterUploaded(portal: UploadedPortal, meterId: string, now: Date): Promise<void> {
  return committed(portal, 'The usage meter', async () => {
    const meter = await portal.usageMeters.get(meterId);
    if (!meter || meter.removedTime !== undefined) return { changes: [], result: undefined };
    const { stoppedSince, ...uploads } = meter;
    const since = now.getTime() - Date.parse(meter.lastUploadTime ?? meter.registeredTime);
    const isKnown = meter.lastUploadTime !== undefined && since < EXACT_MS;
    if (isKnown && stoppedSince === undefined) return { changes: [], result: undefined };
    const changes: Change[] = portal.usageMeters.changed({ ...uploads, lastUploadTime: now.toISOString() }, now);
    if (stoppedSince !== undefined) changes.push(...uploadChanged(portal, meter, 'METER_RESUMED', stoppedSince, now));
    return { changes, result: undefined };
  });
}

/** What is committed when a meter has stopped, or uploads again: its event, and the mail to its service provider. */
export function uploadChanged(
  portal: Pick<Portal, 'audit' | 'notices'>,
  { id, name, serviceProviderId, contracts }: UsageMeter,
  kind: 'METER_STOPPED' | 'METER_RESUMED',
  stoppedSince: string,
  now: Date,
): Change[] {
  const time = now.toISOString();
  const [contract] = contracts;
  const notice: Notice = {
    id: `${kind}#${id}#${stoppedSince}`,
    kind,
    time,
    recipientId: serviceProviderId,
    contractId: contract?.contractId ?? '',
    contractNumber: contract?.contractNumber ?? '',
    meterName: name,
    stoppedSince,
  };
  return [
    portal.notices.queued(notice),
    portal.audit.recorded({
      organizationId: serviceProviderId,
      subject: meterSubject(id),
      id: `${kind}#${stoppedSince}`,
      time,
      actor: 'SYSTEM',
      action: kind === 'METER_STOPPED' ? 'uploadStopped' : 'uploadResumed',
    }),
  ];
}
