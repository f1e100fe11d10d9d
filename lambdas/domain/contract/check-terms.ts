import type { PlainDate } from '../calendar/period.ts';
import type { ContractType } from '../catalogue/family.ts';
import type { Points } from '../numbers/amounts.ts';

/** What is agreed for the whole life of a contract or of a renewal. */
export type AgreedTerms = {
  contractType: ContractType;
  bolDate: PlainDate;
  /** Months; absent for a PAY-GO contract without an end. */
  term?: number;
  graceTermMonths: number;
  minCommits?: readonly Points[];
};

export type TermsFault = { field: 'term' | 'graceTermMonths' | 'minCommits'; reason: string };

/**
 * What is wrong with a contract's terms, a sentence each; empty when nothing is (domain.md §4 "Contract", §5 "Minimum
 * commit of a month"): CUSTOM and PRE-PAY have a term and one minimum a month of it, PAY-GO alone may have grace.
 */
export function checkTerms(terms: AgreedTerms): TermsFault[] {
  return [...checkTerm(terms), ...checkGraceTerm(terms), ...checkMinCommits(terms)];
}

function checkTerm({ contractType, term }: AgreedTerms): TermsFault[] {
  if (term === undefined) {
    return contractType === 'PAY-GO' ? [] : [{ field: 'term', reason: `a ${contractType} contract needs a term` }];
  }
  return Number.isInteger(term) && term >= 1
    ? []
    : [{ field: 'term', reason: `the term is whole months, at least 1, not ${term}` }];
}

function checkGraceTerm({ contractType, graceTermMonths }: AgreedTerms): TermsFault[] {
  if (!Number.isInteger(graceTermMonths) || graceTermMonths < 0) {
    return [{ field: 'graceTermMonths', reason: `the grace term is whole months, not ${graceTermMonths}` }];
  }
  if (graceTermMonths > 0 && contractType !== 'PAY-GO') {
    return [{ field: 'graceTermMonths', reason: `a ${contractType} contract has no grace term: only PAY-GO has` }];
  }
  return [];
}

function checkMinCommits({ contractType, bolDate, term, minCommits }: AgreedTerms): TermsFault[] {
  if (contractType === 'PAY-GO') {
    if (minCommits === undefined) return [];
    return [{ field: 'minCommits', reason: "a PAY-GO contract has its SKU's minimum, no monthly minimums" }];
  }
  if (minCommits === undefined) {
    return [{ field: 'minCommits', reason: `a ${contractType} contract needs a minimum for each month` }];
  }
  const faults: TermsFault[] = [];
  if (minCommits.some((entry) => entry < 0n)) {
    faults.push({ field: 'minCommits', reason: 'a monthly minimum is never negative' });
  }
  if (term !== undefined && minCommits.length !== monthsTouched(bolDate, term)) {
    const expected = monthsTouched(bolDate, term);
    faults.push({
      field: 'minCommits',
      reason: `${term} months from ${bolDate} touch ${expected} months: ${minCommits.length} minimums are given`,
    });
  }
  return faults;
}

/** Months a term has a day in: one more than its length when it doesn't begin on the first of a month. */
function monthsTouched(bolDate: PlainDate, term: number): number {
  return bolDate.endsWith('-01') ? term : term + 1;
}
