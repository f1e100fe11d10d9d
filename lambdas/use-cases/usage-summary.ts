import { isDeepStrictEqual } from 'node:util';
import type { Period } from '../domain/calendar/period.ts';
import { formatQuantity } from '../domain/numbers/amounts.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';

/** Changes that the history tells one by one; of more it tells how many. */
const TOLD = 5;

/**
 * What the history of an order says of a change of its lines: what each was and is, with the reason, and the month of late
 * usage. Undefined when nothing has changed.
 * @param own the order's usage period
 */
export function summaryOf(own: Period, before: readonly UsageLine[], after: readonly UsageLine[]): string | undefined {
  const known = new Map(before.map((line) => [line.id, line]));
  const kept = new Set(after.map(({ id }) => id));
  const put = after.filter((line) => !isDeepStrictEqual(line, known.get(line.id)));
  const told = [
    ...put.map((line) => changeOf(own, known.get(line.id), line)),
    ...before
      .filter(({ id }) => !kept.has(id))
      .map((line) => `${nameOf(own, line)} ${formatQuantity(line.quantity)} removed`),
  ];
  if (told.length === 0) return undefined;
  if (told.length <= TOLD) return told.join('; ');
  const added = put.filter(({ id }) => !known.has(id)).length;
  return `${added} added, ${put.length - added} changed, ${told.length - put.length} removed`;
}

const nameOf = (own: Period, { usagePeriod, productCode, siteName }: UsageLine): string =>
  `${usagePeriod === own ? '' : `${usagePeriod} `}${[productCode, siteName].filter(Boolean).join(' at ')}`;

function changeOf(own: Period, was: UsageLine | undefined, line: UsageLine): string {
  const is = `${nameOf(own, line)} ${was ? `${formatQuantity(was.quantity)} → ` : 'added '}${formatQuantity(line.quantity)}`;
  if (was && was.quantity === line.quantity && was.prefilled !== line.prefilled && line.prefilled !== undefined) {
    return `${nameOf(own, line)} stays ${formatQuantity(line.quantity)}, filled in as ${formatQuantity(line.prefilled)}`;
  }
  return line.edit ? `${is} (${line.edit.reason})` : is;
}
