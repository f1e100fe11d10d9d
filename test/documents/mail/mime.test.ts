import { aggregatorMail } from '../../../lambdas/documents/mail/aggregator-mail.ts';
import { toMime } from '../../../lambdas/documents/mail/mime.ts';
import { sampleStatement } from '../../fixtures/invoices.ts';

const SENT = { date: new Date('2026-11-10T02:15:00Z'), messageId: '<2026-10-1.A-1001@portal.example>' };
const MAIL = aggregatorMail(sampleStatement(), {
  to: [
    { name: 'Jörg Müller', address: 'jm@nordwind.example' },
    { name: '経理部', address: 'keiri@sakura.example' },
  ],
  from: { name: 'Commerce Portal', address: 'billing@portal.example' },
  portalUrl: 'https://portal.example/',
  reference: '2026-10-1/A-1001',
  attached: { pdf: new Uint8Array([37, 80, 68, 70, 0, 255, 13, 10]), csv: 'number\r\n株\r\n' },
  dueDate: '2026-12-10',
});

const mime = async (mail = MAIL, sent = SENT) => Buffer.from(await toMime(mail, sent)).toString('latin1');

/** The value of a header, its folded lines joined and its encoded words (RFC 2047) decoded. */
function header(message: string, name: string): string {
  const head = message.slice(0, message.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  const value = new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')),
    );
}

function unquoted(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
}

test('a message has equal bytes every time', async () => {
  expect(await mime()).toBe(await mime());
  expect(await mime(MAIL, { ...SENT, messageId: '<other@portal.example>' })).not.toBe(await mime());
});

test('a message carries its date, id and reference', async () => {
  const message = await mime();
  expect(header(message, 'Date')).toBe('Tue, 10 Nov 2026 02:15:00 +0000');
  expect(header(message, 'Message-ID')).toBe(SENT.messageId);
  expect(header(message, 'X-Portal-Reference')).toBe('2026-10-1/A-1001');
});

test('every line ends with CRLF', async () => {
  expect(await mime()).not.toMatch(/(^|[^\r])\n/);
});

test('names and subjects beyond ASCII arrive as they are', async () => {
  const message = await mime({ ...MAIL, subject: 'Statement 2026-10: Zürich, 東京' });
  expect(header(message, 'Subject')).toBe('Statement 2026-10: Zürich, 東京');
  expect(header(message, 'To')).toBe('Jörg Müller <jm@nordwind.example>, 経理部 <keiri@sakura.example>');
  expect(message.slice(0, message.indexOf('\r\n\r\n'))).toMatch(/^[\x20-\x7e\r\n]*$/);
});

test('text, HTML and attachments arrive whole', async () => {
  const message = await mime();
  const parts = message.split(/\r\n----_NmP-[^\r\n]+\r\n/).map((part) => ({
    type: header(part, 'Content-Type'),
    encoding: header(part, 'Content-Transfer-Encoding'),
    body: part.slice(part.indexOf('\r\n\r\n') + 4),
  }));
  const body = (type: string): Buffer => {
    const part = parts.find((candidate) => candidate.type.startsWith(type))!;
    return part.encoding === 'base64'
      ? Buffer.from(part.body, 'base64')
      : Buffer.from(unquoted(part.body.replace(/=\r\n/g, '')));
  };
  expect(body('text/plain').toString().replaceAll('\r\n', '\n')).toBe(MAIL.text);
  expect(body('text/html').toString().replaceAll('\r\n', '\n')).toContain(MAIL.html.trim());
  expect(body('application/pdf').equals(Buffer.from(MAIL.attachments[0]!.content))).toBe(true);
  expect(body('text/csv').equals(Buffer.from(MAIL.attachments[1]!.content))).toBe(true);
});

test('no line of a message is longer than mail allows', async () => {
  for (const line of (await mime()).split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
});
