import { createHmac } from 'node:crypto';
import type { PortalEvent } from './ports/messages.ts';

const PREFIX = 'whsec_';

/** The text of a webhook's secret, as its receiver needs it. */
export const webhookSecretText = (secret: Uint8Array): string => `${PREFIX}${Buffer.from(secret).toString('base64')}`;

/** What is sent of an event: the same bytes at every attempt. */
export function webhookBody({ type, time, detail }: PortalEvent): string {
  return JSON.stringify({ type, timestamp: time, data: detail });
}

/**
 * Headers of a webhook after Standard Webhooks: its id, the time of the attempt, and a signature of both and the body by
 * each secret.
 *
 * @param secrets texts `whsec_…`
 */
export function webhookHeaders(id: string, body: string, secrets: readonly string[], now: Date) {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map((text) => {
    const key = Buffer.from(text.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'commerce-portal',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
