import { aggregatorMail } from '../../../lambdas/documents/mail/aggregator-mail.ts';
import type { MailMessage } from '../../../lambdas/documents/mail/message.ts';
import { serviceProviderMail } from '../../../lambdas/documents/mail/service-provider-mail.ts';
import { sampleConsolidatedBill, sampleStatement } from '../../fixtures/invoices.ts';

const OPTIONS = {
  to: [{ name: 'Jörg Müller', address: 'jm@nordwind.example' }],
  from: { name: 'Commerce Portal', address: 'billing@portal.example' },
  portalUrl: 'https://portal.example/invoices?period=2026-10&view=all',
  reference: '2026-10-1/A-1001',
  attached: { pdf: new Uint8Array([37, 80, 68, 70]), csv: 'number\r\n株\r\n' },
  dueDate: '2026-12-10',
};

const NASTY = `<script>alert("1")</script> & 'Co'`;

/** What a reader sees of the HTML. */
function seen(html: string): string {
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[#\w]+;/g, (entity) => entities[entity]!)
    .replace(/\s+/g, ' ');
}

function expectSaid(mail: MailMessage, ...texts: string[]): void {
  for (const text of texts) {
    expect(seen(mail.html)).toContain(text);
    expect(mail.text.replace(/\s+/g, ' ')).toContain(text);
  }
}

describe('the mail to an aggregator', () => {
  test('says what was billed, when it is due, what failed and why, and where the documents are', () => {
    const mail = aggregatorMail(sampleStatement(), OPTIONS);
    expect(mail.subject).toBe('Statement 2026-10: 3 documents, 15,082 JPY, 1,521.96 USD');
    expectSaid(
      mail,
      'Nordwind Distribution GmbH',
      '3 documents',
      'USD 2 1,521.96 0.00 1,521.96',
      'Invoices are due on 2026-12-10',
      'Contract 40012777, Ψηφιακό Νέφος Α.Ε., 2026-10: The price list 2026-07 has no price for SKU VSPP3-9999-C. (PRICE_MISSING)',
      'statement-2026-10-1-A-1001.pdf',
    );
    expect(mail.text).toContain(OPTIONS.portalUrl);
    expect(mail.html).toContain('href="https://portal.example/invoices?period=2026-10&amp;view=all"');
  });

  test('says no date on which what is given back were due', () => {
    const { entries } = sampleStatement();
    const credited = sampleStatement({ entries: entries.filter(({ kind }) => kind === 'CREDIT_NOTE') });
    expect(aggregatorMail(credited, OPTIONS).text).not.toContain('due on');
  });

  test('carries its reference and the statement as PDF and CSV', () => {
    const mail = aggregatorMail(sampleStatement(), OPTIONS);
    expect(mail.headers).toEqual({ 'X-Portal-Reference': '2026-10-1/A-1001' });
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['statement-2026-10-1-A-1001.pdf', 'application/pdf'],
      ['statement-2026-10-1-A-1001.csv', 'text/csv; charset=utf-8'],
    ]);
    expect(mail.attachments[0]!.content).toBe(OPTIONS.attached.pdf);
    expect(new TextDecoder().decode(mail.attachments[1]!.content)).toBe(OPTIONS.attached.csv);
  });

  test('escapes every value', () => {
    const statement = sampleStatement();
    const nasty = { contractNumber: NASTY, serviceProvider: NASTY, usagePeriod: NASTY, code: NASTY, reason: NASTY };
    const mail = aggregatorMail(
      sampleStatement({
        period: NASTY,
        vendor: { ...statement.vendor, name: NASTY },
        aggregator: { ...statement.aggregator, name: NASTY },
        setAside: [nasty],
      }),
      { ...OPTIONS, reference: NASTY, portalUrl: `https://portal.example/"onclick='${NASTY}`, dueDate: NASTY },
    );
    expect(mail.html).not.toContain('<script');
    expect(mail.html).not.toMatch(/href="[^"]*"[^>]/);
    expectSaid(mail, NASTY);
  });

  test('says so when nothing was billed, and has no section on failures when there are none', () => {
    const mail = aggregatorMail(sampleStatement({ entries: [], totals: [], setAside: [] }), OPTIONS);
    expect(mail.subject).toBe('Statement 2026-10: 0 documents');
    expectSaid(mail, 'issued no documents for you');
    expect(mail.text).not.toMatch(/Not billed yet|due on/);
  });

  test('names the first failures and counts the others', () => {
    const [first] = sampleStatement().setAside;
    const setAside = Array.from({ length: 25 }, (_, index) => ({ ...first!, contractNumber: `K-${index + 1}.` }));
    const mail = aggregatorMail(sampleStatement({ setAside }), OPTIONS);
    expectSaid(mail, '25 orders could not be billed', 'K-20.', 'and 5 more in the statement');
    expect(mail.text).not.toContain('K-21.');
  });

  test('is the same every time', () => {
    expect(aggregatorMail(sampleStatement(), OPTIONS)).toEqual(aggregatorMail(sampleStatement(), OPTIONS));
  });
});

describe('the mail to a service provider', () => {
  test('says the points of each contract and no price', () => {
    const { attached: _attached, ...options } = OPTIONS;
    const mail = serviceProviderMail(sampleConsolidatedBill(), { ...options, reference: '2026-10-1/P-2001' });
    expect(mail.subject).toBe('Consolidated bill 2026-10: 3,874.22872 points');
    expectSaid(mail, 'Bluewater Cloud Ltd', '40012345 1,800 30 0 1,770 1,937.11436', '40012346');
    expect(mail.text).not.toMatch(/USD|price/i);
    expect(mail.headers['X-Portal-Reference']).toBe('2026-10-1/P-2001');
    expect(mail.attachments).toEqual([]);
    expect(mail.text).not.toContain('Attached');
  });

  test('lists the first contracts and counts the others', () => {
    const [contract] = sampleConsolidatedBill().contracts;
    const contracts = Array.from({ length: 53 }, (_, index) => ({ ...contract!, contractNumber: `K-${index + 1}.` }));
    const mail = serviceProviderMail(sampleConsolidatedBill({ contracts }), OPTIONS);
    expectSaid(mail, 'K-50.', 'The bill has 3 more contracts.');
    expect(mail.text).not.toContain('K-51.');
  });
});
