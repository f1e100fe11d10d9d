import { createTransport } from 'nodemailer';
import { mailHeader, readMail } from '../../../local/http/mime.ts';

async function composed(mail: Parameters<ReturnType<typeof createTransport>['sendMail']>[0]): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const { message } = (await transport.sendMail(mail)) as unknown as { message: Buffer };
  return message;
}

test('a mail is read back as it was written: names in any script, both texts, attachments byte for byte', async () => {
  const pdf = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256));
  const long = `Abrechnung ${'Ü'.repeat(60)} 请求.pdf`;
  const mail = await readMail(
    await composed({
      from: { name: 'Портал', address: 'billing@portal.example' },
      to: { name: '株式会社 東京流通', address: 'ap@tokyo.example' },
      subject: 'Übersicht für Oktober — 請求書のお知らせ 2026-10, eine lange Zeile mit vielen Wörtern und Zeichen',
      text: 'Grüße,\n\nIhr Portal = 100 %\n.\nEnde',
      html: `<p>Grüße &amp; 東京 ${'lang '.repeat(80)}</p>`,
      headers: { 'X-Portal-Reference': '2026-10-1/AGG-1' },
      attachments: [
        { filename: long, content: pdf, contentType: 'application/pdf' },
        { filename: 'statement.csv', content: 'a;b\r\nä;ö\r\n', contentType: 'text/csv' },
      ],
    }),
  );
  expect(mailHeader(mail, 'subject')).toBe(
    'Übersicht für Oktober — 請求書のお知らせ 2026-10, eine lange Zeile mit vielen Wörtern und Zeichen',
  );
  expect(mailHeader(mail, 'to')).toBe('株式会社 東京流通 <ap@tokyo.example>');
  expect(mailHeader(mail, 'from')).toContain('Портал');
  expect(mailHeader(mail, 'x-portal-reference')).toBe('2026-10-1/AGG-1');
  expect(mail.text?.trimEnd()).toBe('Grüße,\n\nIhr Portal = 100 %\n.\nEnde');
  expect(mail.html).toContain(`<p>Grüße &amp; 東京 ${'lang '.repeat(80)}</p>`);
  expect(mail.attachments.map(({ fileName, contentType }) => [fileName, contentType])).toEqual([
    [long, 'application/pdf'],
    ['statement.csv', 'text/csv'],
  ]);
  expect(mail.attachments[0]?.content.equals(pdf)).toBe(true);
  expect(mail.attachments[1]?.content.toString()).toBe('a;b\r\nä;ö\r\n');
});

test('a plain mail, one without a body and one that is none are read without complaint', async () => {
  const plain = await readMail(Buffer.from('Subject: a\nContent-Type: text/plain\n\nhello'));
  expect([mailHeader(plain, 'subject'), plain.text?.trimEnd()]).toEqual(['a', 'hello']);
  expect((await readMail(Buffer.from('Subject: a'))).text).toBeUndefined();
  expect((await readMail(Buffer.alloc(0))).headers).toEqual([]);
  const nested = 'Content-Type: multipart/mixed; boundary=b\n\n--b\n'.repeat(200);
  expect((await readMail(Buffer.from(nested))).attachments).toEqual([]);
});
