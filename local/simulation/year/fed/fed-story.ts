import type { Contract } from '../../../../lambdas/domain/contract/contract.ts';
import type { UsageLine } from '../../../../lambdas/domain/usage/usage-line.ts';
import type { Caller } from '../../../../lambdas/use-cases/caller.ts';
import type { Portal } from '../../../../lambdas/use-cases/ports/portal.ts';
import type { SeededRandom } from '../../../random.ts';
import { type Day, daysLater, firstOf, lastOf, type Month, monthsLater } from '../../lives/days.ts';
import type { Fraction } from '../../lives/fractions.ts';
import { plainId } from '../../plain-programme.ts';
import { customerOf } from '../year-customers.ts';

/** Somebody tells of usage of a contract. @throws whatever the portal refuses */
export type Telling = {
  day: Day;
  at: string;
  kind: string;
  tell: (portal: Portal, contract: Contract) => Promise<unknown>;
};

/** Usage as it must be on orders. */
export type Said = {
  /** What it is of (keyOf). */
  key: string;
  quantity: Fraction;
  /** What one costs, discount taken off; of points families the points that it counts. */
  worth: Fraction;
  inMinCommit: boolean;
};

/** A contract whose usage others tell: what they do, and what a month has by what was told before a day. */
export type FedStory = {
  tellings: readonly Telling[];
  said: (month: Month, before: Day) => Said[];
  /** What a month has of a whole month's minimum. @default all of it */
  minimum?: (month: Month, whole: Fraction) => Fraction;
};

export type Tale = { n: number; random: SeededRandom; first: Month; months: number; currency: string };

export const monthsOf = ({ first, months }: Tale): Month[] =>
  Array.from({ length: months }, (_, at) => monthsLater(first, at));

export const NOON = '12:00:00';
export const AFTERNOON = '12:10:00';

/** Usage is taken until 90 days after its month: so many of them are used. */
export const LATEST_DAYS = 75;

/** A day after a month: often while its order is on its way between the parties. */
export function late(random: SeededRandom, month: Month): Day {
  return daysLater(lastOf(month), random.chance(0.5) ? 2 + random.int(9) : 11 + random.int(LATEST_DAYS - 11));
}

export const dayIn = (random: SeededRandom, month: Month): Day => daysLater(firstOf(month), random.int(28));

export const decimal = (random: SeededRandom, below: number): string =>
  `${random.int(below)}.${String(1 + random.int(999_999)).padStart(6, '0')}`;

// A provider's other contract may have customers, too.
const FIRST_CUSTOMER = 10;

export const fedCustomer = (n: number, place: number) => customerOf(n, FIRST_CUSTOMER + place);

export function keyOf({ productCode, customerNumber, source, inMinCommit }: UsageLine): string {
  const of = source?.orderNumber ?? source?.deliveryNumber ?? (source?.commitmentId === undefined ? '' : 'committed');
  return keyText(productCode, { customer: customerNumber, of, inMinCommit });
}

export function keyText(code: string, { customer = '', of = '', inMinCommit = true }): string {
  return [code, customer, of, inMinCommit ? '' : 'outside'].filter((part) => part !== '').join(' ');
}

export const VENDOR: Caller = {
  userId: 'VENDOR',
  organizationId: plainId(1, 0),
  organizationType: 'VENDOR',
  roles: ['Operations'],
};

export const providerOf = ({ serviceProviderId }: Contract): Caller => ({
  userId: 'SERVICE_PROVIDER',
  organizationId: serviceProviderId,
  organizationType: 'SERVICE_PROVIDER',
  roles: ['Operations'],
});
