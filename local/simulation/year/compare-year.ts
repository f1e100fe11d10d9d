import { CanonicalInvoiceSchema } from '../../../lambdas/documents/canonical-invoice.ts';
import { formatQuantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { invoiceKey } from '../../../lambdas/use-cases/documents.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import type { Month } from '../lives/days.ts';
import { type Fraction, fraction, isZero, minus, plus, short, total, written, ZERO } from '../lives/fractions.ts';
import { billOf } from '../lives/month-bill.ts';
import { DIGITS } from '../lives/offer.ts';
import type { Usage } from '../lives/story.ts';
import type { StoredState } from '../stored-state.ts';
import { SITES } from './events.ts';
import { type ExpectedUsage, isSame } from './expected-usage.ts';
import { accountedFor } from './live-year.ts';
import { BY_HAND, METERED, type YearTerms } from './year-programme.ts';

/** What of a contract's usage is not as it must be accounted for, month by month. */
export async function usageDifferences(
  portal: Portal,
  contractId: string,
  expected: ExpectedUsage,
): Promise<{ looks: number; differences: string[] }> {
  const months = expected.months();
  const differences: string[] = [];
  for (const month of months) {
    const lines = await accountedFor(portal, contractId, month);
    for (const { site, code, quantity } of mustBe(expected, month)) {
      const own = lines.filter((line) => line.siteName === site && line.productCode === code);
      const has = total(own.map((line) => fraction(formatQuantity(line.quantity))));
      if (isSame(has, quantity)) continue;
      differences.push(`${code} of ${month} at ${site} is ${short(has)}, must be ${short(quantity)}`);
    }
  }
  return { looks: months.length, differences };
}

/** What all valid documents print of months, by contract and month. */
export function printedMonths({ invoices }: StoredState, documents: ReadonlyMap<string, Uint8Array>) {
  const printed = new Map<string, Fraction>();
  for (const invoice of invoices) {
    if (invoice.corrects !== undefined || invoice.creditedBy !== undefined) continue;
    const text = new TextDecoder().decode(documents.get(`${invoiceKey(invoice)}.json`));
    for (const { usagePeriod, amount } of CanonicalInvoiceSchema.parse(JSON.parse(text)).lines) {
      const key = `${invoice.contractId} ${usagePeriod}`;
      printed.set(key, plus(printed.get(key) ?? ZERO, fraction(amount)));
    }
  }
  return (contractId: string, month: Month): Fraction => printed.get(`${contractId} ${month}`) ?? ZERO;
}

/** What is billed of a month other than it costs, by domain.md §5; undefined where it is right. */
export function billDifference(
  has: Fraction,
  expected: ExpectedUsage,
  month: Month,
  terms: YearTerms,
): string | undefined {
  const must = monthBill(expected, month, terms)?.net ?? ZERO;
  const digits = DIGITS[terms.currency];
  return isSame(has, must) ? undefined : `${month} is billed ${written(has, digits)}, must be ${written(must, digits)}`;
}

/** PRE-PAY: what months have to leave of a prepayment, all together; undefined where there is none. */
export function balanceLeft(expected: ExpectedUsage, months: readonly Month[], terms: YearTerms): Fraction | undefined {
  const { balance } = terms;
  if (!balance) return undefined;
  const drawn = months.map((month) => monthBill(expected, month, terms)?.drawing?.drawn ?? ZERO);
  return minus(balance, total(drawn));
}

function monthBill(expected: ExpectedUsage, month: Month, terms: YearTerms) {
  const usage = mustBe(expected, month)
    .filter(({ quantity }) => !isZero(quantity))
    .map(
      ({ site, code, quantity }): Usage => ({
        ...{ id: `${site} ${code}`, site, product: code, customer: '', inMinCommit: true },
        ...{
          quantity: short(quantity),
          pointsPerUnit: code === METERED.code ? METERED.pointsPerUnit : BY_HAND.pointsPerUnit,
        },
      }),
    );
  return billOf(usage, terms);
}

function mustBe(expected: ExpectedUsage, month: Month) {
  const [accounts, added] = [expected.accountsOf(month), expected.addedOf(month)];
  return SITES.flatMap((site) => [
    { site, code: METERED.code, quantity: accounts[site].all },
    { site, code: BY_HAND.code, quantity: added[site] ?? ZERO },
  ]);
}
