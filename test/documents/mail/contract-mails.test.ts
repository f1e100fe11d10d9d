import {
  belowTriggerPointMail,
  contractExpiringMail,
  documentIssuedMail,
  thresholdCrossedMail,
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
const LOW = {
  contractNumber: '100002',
  usagePeriod: '2026-10',
  figures: { drawn: '1250', balance: '4750.5', triggerPoint: '5000' },
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
  const below = belowTriggerPointMail(LOW, OPTIONS);
  for (const { text, attachments } of [expiring, below]) {
    expect(text).not.toContain('documents');
    expect(text).toContain('https://portal.example');
    expect(attachments).toEqual([]);
  }
});

test('a prepayment below its trigger point is told with its balance, the trigger point and what to do', () => {
  const { subject, text, html } = belowTriggerPointMail(LOW, OPTIONS);
  expect(subject).toBe('Prepayment of contract 100002 is below its trigger point');
  expect(text).toBe(`Prepayment of contract 100002 is below its trigger point

The billing of 2026-10 has taken the balance below the trigger point of the contract.

Prepayment      Points
Taken by it      1,250
Balance        4,750.5
Trigger point    5,000

To go on with a prepayment, ask for a top-up of the contract in the Commerce Portal: once the vendor has approved it, it is invoiced, and credited on its effective date. Usage that the balance does not cover is billed in cash.

Open the Commerce Portal:
https://portal.example

Reference: REFERENCE-1
`);
  for (const figure of ['Points', '1,250', '4,750.5', '5,000']) expect(html).toContain(`>${figure}</t`);
  const money = belowTriggerPointMail({ ...LOW, figures: { ...LOW.figures, currency: 'USD' } }, OPTIONS);
  for (const figure of ['USD', '1,250.00', '4,750.50', '5,000.00']) expect(money.html).toContain(`>${figure}</t`);
});

test('a threshold that was crossed is told with what was spent, to the last digit, and what follows', () => {
  const figures = { spent: '1000.0125', threshold: '1000', currency: 'USD' };
  const { subject, text } = thresholdCrossedMail(
    { contractNumber: '100002', usagePeriod: '2027-03', figures },
    OPTIONS,
  );
  expect(subject).toBe('Contract 100002 has spent more than its threshold');
  expect(text).toContain(
    'Cloud services of 2027-03 come to 1,000.0125 USD by now, more than the threshold of the contract, 1,000.00 USD. What is subscribed goes on and is billed; nothing new can be subscribed until the aggregator has the threshold raised.',
  );
});
