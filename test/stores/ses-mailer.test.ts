import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import type { MailMessage } from '../../lambdas/documents/mail/message.ts';
import { messageIdOf, openSesMailer } from '../../lambdas/stores/ses-mailer.ts';

const ses = mockClient(SESv2Client);
beforeEach(() => ses.reset());

const clock = () => new Date('2026-11-10T02:00:00Z');
const mailer = openSesMailer(new SESv2Client({ region: 'eu-central-1' }), 'portal-mail', clock);
const message: MailMessage = {
  to: [{ name: 'Ångström', address: 'billing@aggregator.example' }],
  from: { name: 'Billing', address: 'billing@portal.example' },
  subject: 'Your invoices',
  html: '<p>They are there.</p>',
  text: 'They are there.',
  headers: { 'X-Portal-Reference': '2026-10-1/A 1' },
  attachments: [{ filename: 'statement.csv', contentType: 'text/csv', content: new TextEncoder().encode('a,b') }],
};

async function sentInput(reference: string) {
  await mailer.send(message, reference);
  return ses.commandCalls(SendEmailCommand).at(-1)?.args[0].input;
}

test('a message goes out raw, through the configuration set, tagged with its reference', async () => {
  ses.on(SendEmailCommand).resolves({});
  const input = await sentInput('2026-10-1/A 1');
  expect(input).toMatchObject({
    ConfigurationSetName: 'portal-mail',
    EmailTags: [{ Name: 'reference', Value: '2026-10-1_A_1' }],
  });
  const mime = Buffer.from(input?.Content?.Raw?.Data ?? []).toString();
  expect(mime).toContain('To: =?UTF-8?Q?=C3=85ngstr=C3=B6m?= <billing@aggregator.example>\r\n');
  expect(mime).toContain('Message-ID: <2026-10-1.A.1@portal.example>\r\n');
  expect(mime).toContain('Date: Tue, 10 Nov 2026 02:00:00 +0000\r\n');
  expect(mime).toContain('X-Portal-Reference: 2026-10-1/A 1\r\n');
  expect(mime).toContain('filename=statement.csv');
});

test('a message sent twice is the same to the byte, so that a copy can be told', async () => {
  ses.on(SendEmailCommand).resolves({});
  expect(await sentInput('2026-10-1/A')).toEqual(await sentInput('2026-10-1/A'));
});

test('a refusal of SES is not swallowed', async () => {
  ses.on(SendEmailCommand).rejects(new Error('sending is paused'));
  await expect(mailer.send(message, '2026-10-1/A')).rejects.toThrow('sending is paused');
});

test("a message id names the reference in the sender's domain", () => {
  expect(messageIdOf('2026-10-1/A', 'odd@name@portal.example')).toBe('<2026-10-1.A@portal.example>');
});
