import { type MailMessage, type NotificationOptions, notification } from './message.ts';

type ToldMeter = {
  kind: 'METER_STOPPED' | 'METER_RESUMED';
  meterName: string;
  contractNumber: string;
  /** When it had been without an upload for too long. */
  stoppedSince: string;
};

/** The mail to a service provider whose usage meter has stopped uploading, or does so again. */
export function meterMail(
  { kind, meterName, contractNumber, stoppedSince }: ToldMeter,
  options: NotificationOptions,
): MailMessage {
  const since = `${stoppedSince.slice(0, 16).replace('T', ' ')} UTC`;
  const stopped = kind === 'METER_STOPPED';
  const title = stopped ? `Usage meter ${meterName} has stopped uploading` : `Usage meter ${meterName} uploads again`;
  const text = stopped
    ? `The usage meter ${meterName} of contract ${contractNumber} should have uploaded its readings by ${since}. Until it does, its usage is missing on the billing order: check the meter, or enter the usage by hand.`
    : `The usage meter ${meterName} of contract ${contractNumber}, which had been silent since ${since}, has uploaded readings. Check that those of the time between are among them.`;
  return notification(options, { subject: title, title, blocks: [{ kind: 'paragraph', text }] });
}
