import { isPeriod, monthsBetween, type Period, periodOf, periodsFromTo } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { type Checked, Faults, LONGEST_TERM, NEEDED, readAmount } from '../contract-request/checks.ts';
import { formatPoints, type Points, sum } from '../numbers/amounts.ts';
import type { CustomerCommitment } from './customer-commitment.ts';

/** CustomerCommitmentCreateRequest: amounts as exact decimals. */
export type AskedCommitment = {
  customerId: string;
  commitment: string;
  bol: string;
  eol: string;
  minCommits: Readonly<Record<string, string>>;
  name: string;
};

/** What a commitment is checked against. */
export type CommitmentFacts = {
  contract: Pick<Contract, 'bolDate' | 'eolDate' | 'currency' | 'listing'>;
  /** Numbers of the contract's customers, by id. */
  customers: ReadonlyMap<string, string>;
  /** All of the contract. */
  commitments: readonly CustomerCommitment[];
  /** The last period in which nothing can begin any more. */
  frozenUntil: Period | undefined;
};

/** What is made of a commitment that was asked for. */
export type CheckedCommitment = Pick<
  CustomerCommitment,
  'customerId' | 'customerNumber' | 'name' | 'from' | 'until' | 'commitment' | 'minCommits'
>;

/** Checks a commitment that is asked for, and names everything that is wrong with it (domain README). */
export function checkCommitment(facts: CommitmentFacts, asked: AskedCommitment): Checked<CheckedCommitment> {
  const faults = new Faults();
  const { customerId, name } = asked;
  const customerNumber =
    facts.customers.get(customerId) ?? faults.add('customerId', 'is no end customer of the contract');
  const months = readMonths(faults, facts, asked);
  const unit = { family: facts.contract.listing.familyType, currency: facts.contract.currency };
  const commitment = readAmount(faults, 'commitment', asked.commitment, unit, '0 or more');
  const minCommits = months && readEntries(faults, asked.minCommits, months, unit);
  if (commitment !== undefined && minCommits) {
    const planned = sum(Object.values(minCommits));
    if (planned !== commitment) {
      faults.add('commitment', `must be what minCommits add up to, ${formatPoints(planned)}`);
    }
  }
  if (months && customerNumber !== undefined) refuseOverlap(faults, facts.commitments, customerId, months);
  if (!months || customerNumber === undefined || commitment === undefined || !minCommits)
    return faults.answer<CheckedCommitment>(undefined);
  const [from, until] = months;
  return faults.answer({ customerId, customerNumber, name, from, until, commitment, minCommits });
}

type Months = readonly [from: Period, until: Period];

function readMonths(
  faults: Faults,
  { contract: { bolDate, eolDate }, frozenUntil }: CommitmentFacts,
  { bol, eol }: AskedCommitment,
): Months | undefined {
  for (const [field, text] of [
    ['bol', bol],
    ['eol', eol],
  ] as const) {
    if (!isPeriod(text)) faults.add(field, 'must be a month, YYYY-MM, e.g. 2026-11');
  }
  if (!isPeriod(bol) || !isPeriod(eol)) return undefined;
  if (eol < bol) return faults.add('eol', 'must not be before bol');
  if (monthsBetween(bol, eol) >= LONGEST_TERM) return faults.add('eol', `must be within ${LONGEST_TERM} months of bol`);
  if (frozenUntil !== undefined && bol <= frozenUntil) {
    faults.add('bol', `lies in a frozen period: ${frozenUntil} is the last`);
  }
  if (bol < periodOf(bolDate)) faults.add('bol', `is before the contract, which begins on ${bolDate}`);
  if (eolDate !== undefined && eol > periodOf(eolDate)) {
    faults.add('eol', `is after the contract, which ends on ${eolDate}`);
  }
  return [bol, eol];
}

function readEntries(
  faults: Faults,
  texts: Readonly<Record<string, string>>,
  [from, until]: Months,
  unit: Parameters<typeof readAmount>[3],
): Record<Period, Points> | undefined {
  const months = periodsFromTo(from, until);
  const entries: Record<Period, Points> = {};
  for (const month of months) {
    const text = Object.hasOwn(texts, month) ? texts[month] : undefined;
    const entry =
      text === undefined
        ? faults.add(`minCommits.${month}`, NEEDED)
        : readAmount(faults, `minCommits.${month}`, text, unit, '0 or more');
    if (entry !== undefined) entries[month] = entry;
  }
  const known = new Set<string>(months);
  for (const month of Object.keys(texts)) {
    if (!known.has(month)) faults.add('minCommits', `must have the months from ${from} to ${until} alone`);
  }
  return Object.keys(entries).length === months.length ? entries : undefined;
}

/** A customer has one commitment in a month: two would be one that says what it means. */
function refuseOverlap(
  faults: Faults,
  commitments: readonly CustomerCommitment[],
  customerId: string,
  [from, until]: Months,
): void {
  const other = commitments.find(
    (each) => each.customerId === customerId && each.status !== 'CANCELLED' && each.from <= until && from <= each.until,
  );
  if (!other) return;
  faults.add('bol', `overlaps the customer's commitment ${other.id} from ${other.from} to ${other.until}`);
}
