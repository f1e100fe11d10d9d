import type { ContractType } from '../../../lambdas/domain/catalogue/family.ts';
import type { SeededRandom } from '../../random.ts';
import type { Day } from './days.ts';
import type { Negotiated } from './story.ts';

const TERMS = [2, 3, 6, 12, 13];
const DISCOUNTS = ['0', '12.5', '33.3333', '7'];
const MONTHS_UNTIL_USED_UP = 3;

/** Entries that a schedule has: one more than the term where it begins within a month. */
export const lengthOf = (from: Day, term: number): number => term + (from.endsWith('-01') ? 0 : 1);

/** What a schedule adds up to, in whole points not below. */
export const sumOf = (schedule: readonly string[]): number =>
  Math.ceil(schedule.reduce((sum, entry) => sum + Number(entry), 0));

/** What may be negotiated for a contract of about `scale` points a month. */
export function tellTerms(random: SeededRandom, scale: number) {
  const entryTo = (most: number): string => {
    if (random.chance(0.1)) return '0';
    if (random.chance(0.1)) return `${random.int(most)}.123456`;
    return `${random.int(most)}.${String(random.int(100)).padStart(2, '0')}`;
  };
  const entries = (count: number, most = scale): string[] => Array.from({ length: count }, () => entryTo(most));
  return {
    entries,
    term: () => random.pick(TERMS),

    negotiate(type: ContractType, from: Day, term: number): Partial<Negotiated> {
      if (type === 'PAY-GO') return {};
      const schedule = entries(lengthOf(from, term));
      const discount = random.pick(DISCOUNTS);
      if (type === 'CUSTOM') return { schedule, discount };
      return { schedule, discount, prepayment: String(sumOf(schedule) + random.int(scale) + 1) };
    },

    /** A prepayment that its schedule burns in the first months. */
    usedUp(from: Day, term: number): Partial<Negotiated> {
      const schedule = Array.from({ length: lengthOf(from, term) }, (_, month) =>
        month < MONTHS_UNTIL_USED_UP ? String(1 + random.int(scale)) : '0',
      );
      return { schedule, discount: '7', prepayment: String(sumOf(schedule)) };
    },
  };
}
