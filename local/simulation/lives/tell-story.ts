import type { SeededRandom } from '../../random.ts';
import {
  type Day,
  daysBetween,
  daysLater,
  endOfTerm,
  firstOf,
  type Month,
  monthOf,
  monthsFrom,
  monthsLater,
} from './days.ts';
import { CURRENCIES, SKUS, type Sku } from './offer.ts';
import { type Ask, type Chronicle, CLOSING_DAY, type Story, type Wish } from './story.ts';
import { lengthOf, sumOf, tellTerms } from './tell-terms.ts';
import { tellUsage } from './tell-usage.ts';

type Frame = Pick<Chronicle, 'first' | 'months' | 'jobDays'>;
type Told = Pick<Story, 'n' | 'family' | 'currency' | 'contractType'>;

/** What is known of a contract as its story is told: enough to ask for nothing that would be refused. */
type Known = {
  sku: Sku;
  termFrom: Day;
  term: number;
  end: Day;
  /** First day of the terms agreed last. */
  latest: Day;
  grace: boolean;
  schedule: readonly string[];
  prepaid: number;
  /** PRE-PAY whose whole prepayment the schedule burns in the first months: it can become PAY-GO. */
  isUsedUp: boolean;
};

const TYPES = ['PAY-GO', 'PRE-PAY', 'CUSTOM', 'PRE-PAY', 'PAY-GO'] as const;
const SCALES = [60, 400, 2500];
const MOST_ASKS = 14;

/** Tells the life of a contract, from its first request to its end or the end of the chronicle. */
export function tellStory(n: number, random: SeededRandom, frame: Frame): Story {
  const contractType = TYPES[n % TYPES.length] as Story['contractType'];
  const told: Told = { n, contractType, family: random.pick(['RENTAL', 'ISV']), currency: random.pick(CURRENCIES) };
  const scale = random.pick(SCALES);
  const months = Array.from({ length: frame.months }, (_, month) => monthsLater(frame.first, month));
  const most = contractType === 'PAY-GO' ? 2500 : scale;
  const usage = Object.fromEntries(months.map((month) => [month, tellUsage(random, month, most)]));
  return { ...told, usage, ...tellAsks(told, random.fork('asks'), frame, scale) };
}

function tellAsks(told: Told, random: SeededRandom, frame: Frame, scale: number): Pick<Story, 'asks' | 'deactivated'> {
  const { jobDays, first, months } = frame;
  const firstDay = jobDays[0] as Day;
  const lastDay = jobDays.at(-1) as Day;
  const asks: Ask[] = [];
  const skuOf = (code: string) => SKUS.find((sku) => sku.code === `${told.family}-${code}`) as Sku;

  const jobFrom = (day: Day): Day => jobDays.find((job) => job >= day) ?? later(day, daysLater(lastDay, 1));
  const closing = (month: Month): Day => `${monthsLater(month, 1)}-${CLOSING_DAY}`;
  /** A request's day, as the first job from then on or the close of the month before that comes sooner has it done. */
  const effectFrom = (from: Day, day: Day): Day => {
    const sooner = closing(monthsLater(monthOf(day), day > closing(monthsLater(monthOf(day), -1)) ? 0 : -1));
    return from <= firstOf(monthOf(sooner)) ? earlier(jobFrom(day), sooner) : jobFrom(day);
  };
  /** The day on which a request takes effect: from its date on, and after its approval. */
  const effectDay = (from: Day, approved: Day): Day =>
    effectFrom(from, from > approved ? from : daysLater(approved, 1));
  const isTimely = (from: Day, effect: Day) => effect <= closing(monthOf(from));
  const terms = tellTerms(random, scale);

  /**
   * Has a request decided: mostly it takes effect. Answers when that is, or that nothing came of it and on which day.
   * @param on day it is asked for
   * @param by last day on which something can be decided
   */
  function decide(wish: Wish, on: Day, from: Day, needsApproval = true, by = lastDay): { effect?: Day; decided: Day } {
    const isRevised = needsApproval && random.chance(0.1);
    if (!needsApproval) {
      const effect = from <= on ? on : effectFrom(from, from);
      const withdrawn = random.chance(0.1) && from > on ? daysLater(on, random.int(3)) : undefined;
      const isWithdrawn = withdrawn !== undefined && withdrawn < effect;
      asks.push({ wish, on, isRevised, ...(isWithdrawn && { withdrawn }) });
      return isWithdrawn ? { decided: withdrawn } : { effect, decided: effect };
    }
    const approved = later(on, earlier(daysLater(on, random.int(4)), by));
    const effect = effectDay(from, approved);
    const fate = random.next();
    if (!isTimely(from, effect) || fate < 0.07) {
      asks.push({ wish, on, isRevised, rejected: approved });
      return { decided: approved };
    }
    if (fate < 0.12) {
      asks.push({ wish, on, isRevised, withdrawn: approved });
      return { decided: approved };
    }
    const between = daysBetween(approved, daysLater(effect, -1));
    if (fate < 0.22 && between.length > 0) {
      const withdrawn = random.pick(between);
      asks.push({ wish, on, isRevised, approved, withdrawn });
      return { decided: later(withdrawn, jobFrom(daysLater(withdrawn, 1))) };
    }
    asks.push({ wish, on, isRevised, approved });
    return { effect, decided: effect };
  }

  function begin(): { known: Known; day: Day } | undefined {
    const { contractType, n } = told;
    const from = beginning(
      n,
      random,
      firstDay,
      daysBetween(firstDay, firstOf(monthsLater(first, Math.ceil(months * 0.7)))),
    );
    const sku =
      contractType === 'PAY-GO' ? skuOf(String(random.int(4))) : skuOf(contractType === 'CUSTOM' ? 'CUSTOM' : 'PREPAY');
    const isUsedUp = n % 25 === 6;
    const term = contractType === 'PAY-GO' ? sku.term : isUsedUp ? 12 : terms.term();
    const agreed = isUsedUp ? terms.usedUp(from, term) : terms.negotiate(contractType, from, term);
    const on = later(firstDay, daysLater(from, random.chance(0.2) ? random.int(5) : -random.int(30)));
    const wish: Wish = { type: 'CREATE', sku: sku.code, from, ...(contractType !== 'PAY-GO' && { term }), ...agreed };
    const { effect } = decide(wish, on, from, contractType !== 'PAY-GO');
    if (!effect) return undefined;
    const { schedule = [], prepayment = '0' } = agreed;
    const known = {
      sku,
      termFrom: from,
      term,
      end: endOfTerm(from, term),
      latest: from,
      grace: contractType === 'PAY-GO',
    };
    const day = isUsedUp ? closing(monthsLater(monthOf(from), 2)) : effect;
    return { known: { ...known, schedule, prepaid: Number(prepayment), isUsedUp }, day };
  }

  const lastBilled = ({ grace, end }: Known) => (grace ? endOfTerm(daysLater(end, 1), 1) : end);

  /** Asks for other terms; answers the contract as it is then, and from when on more can be asked. */
  function change(known: Known, on: Day): { known: Known; day: Day } {
    const month = monthOf(on);
    const next = firstOf(monthsLater(month, 1 + random.int(2)));
    const { sku, termFrom, term } = known;
    const mayMove = known.isUsedUp || (sku.contractType === 'CUSTOM' && random.chance(0.25));
    if (sku.contractType === 'PAY-GO' || mayMove) return move(known, on);
    const longer = random.chance(0.4) ? term + 1 + random.int(5) : term;
    const kind = sku.contractType === 'CUSTOM' ? 'AMEND' : random.chance(0.7) ? 'TOPUP' : 'PREPAY_AMEND';
    const from = kind === 'TOPUP' ? later(firstOf(month), known.latest) : next;
    if (from > known.end || from < known.latest) return { known, day: on };
    const kept = known.schedule.slice(0, monthsFrom(monthOf(termFrom), kind === 'TOPUP' ? month : monthOf(from)));
    const count = lengthOf(termFrom, longer) - kept.length;
    const left = Math.max(0, known.prepaid - sumOf(kept) - count);
    const rest = kind === 'PREPAY_AMEND' ? terms.entries(count, Math.floor(left / count) + 1) : terms.entries(count);
    const schedule = [...kept, ...rest];
    if (kind === 'PREPAY_AMEND' && sumOf(schedule) > known.prepaid) return { known, day: on };
    const prepayment = String(Math.max(1, sumOf(schedule) - known.prepaid + random.int(scale)));
    const wish: Wish =
      kind === 'TOPUP'
        ? { type: kind, term: longer, schedule, prepayment }
        : kind === 'AMEND'
          ? { type: kind, from, term: longer, schedule, discount: random.pick(['5', '12.5', '20.0001']) }
          : { type: kind, from, term: longer, schedule };
    const { effect, decided } = decide(wish, on, from);
    if (!effect) return { known, day: decided };
    const prepaid = known.prepaid + (kind === 'TOPUP' ? Number(prepayment) : 0);
    return {
      known: { ...known, term: longer, end: endOfTerm(termFrom, longer), latest: from, schedule, prepaid },
      day: effect,
    };
  }

  /** Asks for another PAY-GO SKU, from the 1st of a month that isn't closed. */
  function move(known: Known, on: Day): { known: Known; day: Day } {
    const back = on.slice(8) < String(CLOSING_DAY) ? -1 : 0;
    const from = firstOf(monthsLater(monthOf(on), back + random.int(3)));
    if (from < known.latest || from > known.end) return { known, day: on };
    const isPayGo = known.sku.contractType === 'PAY-GO';
    const entry = known.schedule[monthsFrom(monthOf(known.termFrom), monthOf(from))] ?? '0';
    const now = Number(isPayGo ? known.sku.minimum : entry);
    const sku = skuOf(String(random.int(4)));
    if (Number(sku.minimum) === now) return { known, day: on };
    const type = Number(sku.minimum) > now ? 'UPGRADE' : 'DOWNGRADE';
    const { effect, decided } = decide({ type, sku: sku.code, from }, on, from, !isPayGo || type === 'DOWNGRADE');
    return effect
      ? { known: { ...known, sku, latest: from, schedule: [], isUsedUp: false }, day: effect }
      : { known, day: decided };
  }

  function terminate({ sku }: Known, on: Day, latest: Day): { isOver: boolean; day: Day } {
    const from = earlier(daysLater(on, 1 + random.int(40)), latest);
    if (from <= on) return { isOver: false, day: on };
    const { effect, decided } = decide({ type: 'TERMINATE', from }, on, from, true, latest);
    const asked = asks.at(-1);
    if (sku.contractType !== 'PAY-GO' && asked?.approved && random.chance(0.6)) {
      const cents = told.currency === 'JPY' ? '' : `.${String(random.int(100)).padStart(2, '0')}`;
      asked.settlement = `${1 + random.int(9000)}${cents}`;
    }
    return { isOver: effect !== undefined, day: effect ?? decided };
  }

  function renew(known: Known, on: Day, from: Day): { known?: Known; day: Day } {
    const { sku } = known;
    const term = terms.term();
    const agreed = terms.negotiate(sku.contractType, from, term);
    const wish: Wish = { type: 'RENEW', from, term, ...agreed };
    const approved = earlier(daysLater(on, random.int(3)), earlier(from, lastBilled(known)));
    const fate = random.next();
    const effect = effectDay(from, approved);
    const isRevised = random.chance(0.1);
    if (fate < 0.1) {
      // Never decided: it is stopped when the contract expires.
      asks.push({ wish, on, isRevised });
      return { day: lastDay };
    }
    const withdrawn = fate < 0.25 ? random.pick(daysBetween(approved, daysLater(effect, -1))) : undefined;
    asks.push({ wish, on, isRevised, approved, ...(withdrawn !== undefined && { withdrawn }) });
    if (withdrawn !== undefined) return { day: lastDay };
    const { schedule = [], prepayment = '0' } = agreed;
    const renewed = { ...known, termFrom: from, term, end: endOfTerm(from, term), latest: from, schedule };
    return { known: { ...renewed, prepaid: Number(prepayment), isUsedUp: false }, day: effect };
  }

  /** What happens around the end of a term. */
  function endTerm(known: Known, day: Day): { known?: Known; day: Day; deactivated?: Day } {
    const { end, grace } = known;
    const before = later(daysLater(day, 1), daysLater(end, -2 - random.int(14)));
    const fate = random.next();
    if (before < end && fate < 0.1)
      return { day: lastDay, deactivated: daysLater(end, grace && random.chance(0.6) ? 3 + random.int(20) : -1) };
    if (before < end && fate < 0.2) {
      terminate(known, before, end);
      return { day: lastDay };
    }
    if (before < end && fate < 0.27) {
      // The contract ends before its next term begins.
      const on = before;
      const { known: renewed } = renew(known, on, daysLater(end, 1));
      if (renewed && daysLater(on, 4) <= end)
        asks.push({
          wish: { type: 'TERMINATE', from: end },
          on: daysLater(on, 3),
          isRevised: false,
          approved: daysLater(on, 3),
        });
      return { day: lastDay };
    }
    const inGrace = daysLater(end, 1 + random.int(20));
    if (grace && fate < 0.5) {
      if (random.chance(0.25)) {
        terminate(known, inGrace, lastBilled(known));
        return { day: lastDay };
      }
      return renew(known, inGrace, earlier(daysLater(inGrace, 1 + random.int(10)), daysLater(lastBilled(known), 1)));
    }
    if (before < end && fate < 0.7) return renew(known, before, daysLater(end, 1));
    return { day: lastDay };
  }

  const begun = begin();
  let known = begun?.known;
  let day = begun?.day ?? lastDay;
  while (known && day < lastDay && asks.length < MOST_ASKS) {
    const on = daysLater(day, 5 + random.int(80));
    if (on > daysLater(known.end, -20)) {
      const { deactivated, ...ended } = endTerm(known, day);
      if (deactivated) return { asks, deactivated };
      ({ known, day } = { known: ended.known, day: ended.day });
    } else if (random.chance(0.06)) {
      const { isOver, day: decided } = terminate(known, on, known.end);
      if (isOver) break;
      day = decided;
    } else ({ known, day } = change(known, on));
  }
  return { asks };
}

/** The first day of a contract: the 1st of a month, in the middle of one, a leap day, a 31st. */
function beginning(n: number, random: SeededRandom, firstDay: Day, days: readonly Day[]): Day {
  const ends = days.filter((day) => day.endsWith(n % 10 === 3 ? '-02-29' : '-31'));
  if ((n % 10 === 3 || n % 10 === 4) && ends.length > 0) return random.pick(ends);
  const day = random.pick(days);
  return random.chance(0.4) ? later(firstOf(monthOf(day)), firstDay) : day;
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
