import { CanonicalInvoiceSchema } from '../../../lambdas/documents/canonical-invoice.ts';
import { invoiceKey } from '../../../lambdas/use-cases/documents.ts';
import type { Month } from '../lives/days.ts';
import { type Fraction, fraction, minus, plus, short, total, written, ZERO } from '../lives/fractions.ts';
import { DIGITS } from '../lives/offer.ts';
import type { StoredState } from '../stored-state.ts';
import { isSame } from './expected-usage.ts';
import { type Living, nameOf } from './living.ts';

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

export type PrintedMonths = ReturnType<typeof printedMonths>;

/** What of a contract's months is not as it has to be in the end: what is billed of them, and of its prepayment is left. */
export function billDifferences(
  living: Living,
  months: readonly Month[],
  stored: StoredState,
  printed: PrintedMonths,
): string[] {
  const {
    contract: { contract },
    terms,
    billOf,
  } = living;
  const name = nameOf(living);
  if (contract.listing.familyType === 'AWS_RESELL')
    return externalDifferences({ name, contract, billOf }, months, stored);
  const digits = DIGITS[terms.currency];
  const bills = months.map((month) => ({ month, bill: billOf(month) }));
  const differences = bills.flatMap(({ month, bill }) => {
    const [has, must] = [printed(contract.id, month), bill?.net ?? ZERO];
    if (isSame(has, must)) return [];
    return [`${name}: ${month} is billed ${written(has, digits)}, must be ${written(must, digits)}`];
  });
  const { balance } = terms;
  if (!balance) return differences;
  const left = short(minus(balance, total(bills.map(({ bill }) => bill?.drawing?.drawn ?? ZERO))));
  const has = stored.prepaymentBalances.find(({ contractId }) => contractId === contract.id)?.points;
  return has === left ? differences : [...differences, `${name}: the prepayment's balance is ${has}, must be ${left}`];
}

/** AWS bills it: the portal has no document of it, and its closed orders come to what AWS has said of all months. */
function externalDifferences(
  { name, contract, billOf }: Pick<Living, 'billOf'> & { name: string; contract: Living['contract']['contract'] },
  months: readonly Month[],
  { invoices, orders }: StoredState,
): string[] {
  const own = orders.filter(({ contractId }) => contractId === contract.id);
  const billed = own.flatMap((order) => order.billed ?? []);
  const has = total(billed.map(({ summary }) => fraction(summary.total)));
  const must = total(months.map((month) => billOf(month)?.net ?? ZERO));
  const documents = invoices.filter(({ contractId }) => contractId === contract.id);
  return [
    ...documents.map(({ number }) => `${name}: ${number} bills what AWS bills`),
    ...billed.filter(({ outcome }) => outcome === 'INVOICED').map(() => `${name}: an order of AWS Resell is INVOICED`),
    ...(isSame(has, must) ? [] : [`${name}: orders come to ${short(has)}, AWS bills ${short(must)}`]),
  ];
}
