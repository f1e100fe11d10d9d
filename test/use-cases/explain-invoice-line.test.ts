import { EXACT_SCALE } from '../../lambdas/domain/charging/charge-points.ts';
import { minorDigits } from '../../lambdas/domain/numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../../lambdas/domain/numbers/decimal.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import { explainInvoiceLine } from '../../lambdas/use-cases/explain-invoice-line.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import { type ClosePortal, goThrough, openClosePortal, PLAIN } from '../support/close-portal.ts';

let opened: ClosePortal;
let invoices: readonly StoredInvoice[];

beforeAll(async () => {
  opened = await openClosePortal(PLAIN);
  await goThrough(opened.portal, await opened.start('CLOSE'), 'issue');
  invoices = (await opened.stored()).invoices as unknown as readonly StoredInvoice[];
});
afterAll(() => opened.close());

const VENDOR: Caller = {
  userId: 'v',
  organizationId: 'VENDOR',
  organizationType: 'VENDOR',
  roles: ['Operations'],
};

async function explained({ number }: StoredInvoice) {
  const first = await explainInvoiceLine(opened.portal, VENDOR, number, 1);
  const rest = first.explained.lines.slice(1).map((_, index) => index + 2);
  return [first, ...(await Promise.all(rest.map((line) => explainInvoiceLine(opened.portal, VENDOR, number, line))))];
}

test('every line that a close has issued is explained: exact amounts add up and round to what is printed', async () => {
  const kinds = new Set<string>();
  for (const invoice of invoices) {
    const lines = await explained(invoice);
    const one = powerOfTen(EXACT_SCALE - minorDigits(invoice.currency));
    const exact = lines.reduce((sum, { explanation }) => sum + explanation.exact, 0n);
    expect(divideHalfEven(exact, one)).toBe(lines[0]?.explained.net);
    for (const { explanation, usage } of lines) {
      const { line, points } = explanation;
      kinds.add(line.kind);
      expect(points.rule).not.toBe('NONE');
      expect(usage?.quantity).toBe(line.quantity);
    }
  }
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['COVER', 'UNDERAGE', 'USAGE']));
});
