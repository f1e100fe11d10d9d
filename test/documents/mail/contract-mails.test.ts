import {
  belowTriggerPointMail,
  contractExpiringMail,
  documentIssuedMail,
} from '../../../lambdas/documents/mail/contract-mails.ts';

const OPTIONS = {
  to: [{ name: 'Nordwind', address: 'billing@nordwind.example' }],
  from: { name: 'Commerce Portal', address: 'portal@example.com' },
  portalUrl: 'https://portal.example',
  reference: 'REFERENCE-1',
};
const attached = { pdf: new Uint8Array([37, 80, 68, 70]), csv: 'number\r\n' };
const INVOICE = {
  number: 'INV-2026-000001',
  kind: 'PREPAYMENT',
  gross: '1142.40',
  currency: 'USD',
  dueDate: '2026-12-12',
};

test('an invoice of a prepayment is mailed with its documents, what it is for and when it is due', () => {
  const issued = { contractNumber: '100002', requestToken: 'C-1', invoice: INVOICE };
  const mail = documentIssuedMail(issued, { ...OPTIONS, attached });
  expect(mail.subject).toBe('Invoice INV-2026-000001: 1,142.40 USD');
  expect(mail.text).toContain(
    'The prepayment of contract 100002, request C-1 is invoiced: 1,142.40 USD, due on 2026-12-12.',
  );
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['INV-2026-000001.pdf', 'INV-2026-000001.csv']);
  expect(mail.headers).toEqual({ 'X-Portal-Reference': 'REFERENCE-1' });
});

test('a credit note says that it is one, and is due never', () => {
  const invoice = { ...INVOICE, number: 'CRN-2026-000001', kind: 'CREDIT_NOTE', gross: '-1142.40' };
  const mail = documentIssuedMail({ contractNumber: '100002', requestToken: 'C-1', invoice }, { ...OPTIONS, attached });
  expect(mail.subject).toBe('Credit note CRN-2026-000001: -1,142.40 USD');
  expect(mail.text).toContain('is credited, as the request has come to nothing');
  expect(mail.text).not.toContain('due on');
});

test('what is about no document speaks of none', () => {
  const expiring = contractExpiringMail({ contractNumber: '100002', eolDate: '2026-12-31' }, OPTIONS);
  expect(expiring.subject).toBe('Contract 100002 ends on 2026-12-31');
  const below = belowTriggerPointMail({ contractNumber: '100002', usagePeriod: '2026-10' }, OPTIONS);
  expect(below.text).toContain('The billing of 2026-10 has taken the balance below the trigger point');
  for (const { text, attachments } of [expiring, below]) {
    expect(text).not.toContain('documents');
    expect(text).toContain('https://portal.example');
    expect(attachments).toEqual([]);
  }
});
