import type { NotificationOptions } from '../../../lambdas/documents/mail/message.ts';
import { oneOffOrderMail } from '../../../lambdas/documents/mail/one-off-order-mails.ts';
import { webhookDisabledMail } from '../../../lambdas/documents/mail/webhook-mails.ts';
import { ONE_OFF_ORDER_STATUSES } from '../../../lambdas/domain/one-off-order/status.ts';

const OPTIONS: NotificationOptions = {
  to: [{ name: 'SP', address: 'mail@sp.example' }],
  from: { name: 'Commerce Portal', address: 'billing@portal.example' },
  portalUrl: 'https://portal.example',
  reference: 'OneOffOrderChanged#1',
};
const ORDER = { orderNumber: '50000042-1', contractNumber: '50000042', description: 'Second <data> centre' };

test.each(ONE_OFF_ORDER_STATUSES)('the mail of an order that is %s says so, and what comes next', (status) => {
  const { subject, text, html, attachments } = oneOffOrderMail({ ...ORDER, status }, OPTIONS);
  expect(subject).toContain('One-off order 50000042-1');
  expect(text).toContain('contract 50000042 (Second <data> centre)');
  expect(html).toContain('Second &lt;data&gt; centre');
  expect(text).not.toContain('The vendor says');
  expect(attachments).toEqual([]);
});

test('each status has a subject of its own, and what the vendor said is told', () => {
  const mails = ONE_OFF_ORDER_STATUSES.map((status) => oneOffOrderMail({ ...ORDER, status, comment: 'Soon' }, OPTIONS));
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(ONE_OFF_ORDER_STATUSES.length);
  for (const { text } of mails) expect(text).toContain('The vendor says: Soon');
});

test('the mail of a disabled webhook names the host alone: a path may hold a secret', () => {
  const told = {
    url: 'https://hooks.partner.example/T0/B0/s3cret?key=s3cret',
    since: '2026-11-05T02:00:00.000Z',
    outcome: 'answered 503',
  };
  const { subject, text, html } = webhookDisabledMail(told, OPTIONS);
  expect(subject).toBe('Webhook at hooks.partner.example is disabled');
  expect(text).toContain('since 2026-11-05 02:00 UTC (at last: answered 503)');
  expect(text + html).not.toContain('s3cret');
});
