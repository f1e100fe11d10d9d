import type { CutoffPolicy } from '../../../lambdas/domain/calendar/programme-calendar.ts';
import { daysBetween, firstOf, lastOf, type Month, monthsLater } from '../lives/days.ts';
import {
  type Fraction,
  fraction,
  isMore,
  isZero,
  larger,
  minus,
  plus,
  rounded,
  total,
  ZERO,
} from '../lives/fractions.ts';
import { daysOfWeek, type Provider, SITES, type Site, type Slot, type YearEvent } from './events.ts';

/** What must be accounted for of a metered product at a site: on the month's own order and on others. */
type Account = {
  all: Fraction;
  /** What the month's own order has, once it has left the service provider's hands. */
  own: Fraction;
  /** A person has said how much it is: what the meter says changes it no more. */
  isNamed: boolean;
};

type MonthState = {
  inHands: boolean;
  isApproved?: boolean;
  /** The cutoff has billed it at the minimum alone: its usage stands on the order of the next month. */
  isHeldBack?: boolean;
  isCut: boolean;
  slots: Map<string, Slot>;
  accounts: Record<Site, Account>;
  added: Partial<Record<Site, Fraction>>;
  adjusting?: { site: Site; quantity: Fraction };
};

/**
 * What of a service provider's usage must be accounted for, by domain.md §3 to §5, kept beside the portal as things happen:
 * as long as an order is in its hands it has what the meter says, but for what a person has said; afterwards what is more
 * comes as arrears, what is less is a person's to adjust.
 */
export function expectedUsage({ isMetered }: Provider, cutoffPolicy: CutoffPolicy) {
  const months = new Map<Month, MonthState>();
  const stateOf = (month: Month): MonthState => {
    const state = months.get(month) ?? newMonth();
    months.set(month, state);
    return state;
  };

  function adjust(month: Month, site: Site, quantity: Fraction): boolean {
    const state = stateOf(month);
    if (isZero(state.accounts[site].own)) return false;
    state.adjusting = { site, quantity };
    return true;
  }

  function endAdjustment(month: Month, isApproved: boolean): void {
    const state = stateOf(month);
    const { adjusting } = state;
    delete state.adjusting;
    if (!adjusting || !isApproved) return;
    const account = state.accounts[adjusting.site];
    account.all = plus(minus(account.all, account.own), adjusting.quantity);
    account.own = adjusting.quantity;
    account.isNamed = true;
  }

  /** What a meter has said can be taken back while it stands on an order in the service provider's hands. */
  function canShrink(month: Month, { inHands, isHeldBack = false }: MonthState): boolean {
    return inHands || (isHeldBack && stateOf(monthsLater(month, 1)).inHands);
  }

  function leaveHands(state: MonthState): void {
    state.inHands = false;
    for (const account of Object.values(state.accounts)) account.own = account.all;
  }

  return {
    months: () => [...months.keys()].sort(),
    accountsOf: (month: Month) => stateOf(month).accounts,
    addedOf: (month: Month) => stateOf(month).added,
    /** Whether an event is possible, as things stand: what isn't is left out. */
    happens(event: YearEvent): boolean {
      if (event.do === 'UPLOAD') return true;
      const state = stateOf(event.month);
      switch (event.do) {
        case 'EDIT':
          return state.inHands && !isZero(state.accounts[event.site].all);
        case 'ADJUST':
          return state.isCut && !state.adjusting && adjust(event.month, event.site, fraction(event.quantity));
        case 'END_ADJUSTMENT':
          return state.adjusting !== undefined;
        default:
          return true;
      }
    },
    apply(event: YearEvent): void {
      if (event.do === 'UPLOAD') {
        for (const slot of event.slots) take(stateOf(slot.month).slots, slot);
        return;
      }
      const state = stateOf(event.month);
      switch (event.do) {
        case 'ADD':
          state.added[event.site] = fraction(event.quantity);
          break;
        case 'EDIT':
          state.accounts[event.site] = { all: fraction(event.quantity), own: ZERO, isNamed: true };
          break;
        case 'SUBMIT':
          leaveHands(state);
          break;
        case 'APPROVE':
          state.isApproved = true;
          break;
        case 'SEND_BACK':
          state.inHands = true;
          break;
        case 'END_ADJUSTMENT':
          endAdjustment(event.month, event.how === 'APPROVE');
          break;
        default:
      }
    },
    /** What meters have uploaded is filled in. */
    fill(): void {
      if (!isMetered) return;
      for (const [month, state] of months) {
        for (const site of SITES) {
          const account = state.accounts[site];
          if (account.isNamed || state.adjusting?.site === site) continue;
          const said = saidOf(month, state.slots, site);
          account.all = canShrink(month, state) ? said : larger(account.all, said);
        }
      }
    },
    /** The cutoff of a month: what has not been submitted is billed as it is; or what has not been approved is held back. */
    cutOff(month: Month): void {
      const state = stateOf(month);
      if (cutoffPolicy === 'billMinimumCommit' && !state.isApproved) {
        state.inHands = false;
        state.isHeldBack = true;
        for (const account of Object.values(state.accounts)) account.own = ZERO;
      } else if (state.inHands) leaveHands(state);
      state.isCut = true;
    },
  };
}

export type ExpectedUsage = ReturnType<typeof expectedUsage>;

const newMonth = (): MonthState => ({
  inHands: true,
  isCut: false,
  slots: new Map(),
  accounts: { North: nothing(), South: nothing() },
  added: {},
});

const nothing = (): Account => ({ all: ZERO, own: ZERO, isNamed: false });

/** Of what is said of a week, the later upload holds. */
function take(slots: Map<string, Slot>, slot: Slot): void {
  const key = `${slot.source} ${slot.week}`;
  const before = slots.get(key);
  if (!before || slot.sequence > before.sequence) slots.set(key, slot);
}

/** Half the memory of each machine, by its share of the month's days, rounded once to 6 decimals. */
function saidOf(month: Month, slots: ReadonlyMap<string, Slot>, site: Site): Fraction {
  const days = daysBetween(firstOf(month), lastOf(month)).length;
  const parts = [...slots.values()].filter((slot) => slot.site === site);
  const shares = parts.map(({ week, configuredGb }) => {
    const [from, to = days + 1] = daysOfWeek(week);
    return { n: BigInt(configuredGb) * BigInt(to - from), d: 2n * BigInt(days) };
  });
  return rounded(total(shares), 6);
}

export const isSame = (a: Fraction, b: Fraction): boolean => !isMore(a, b) && !isMore(b, a);
