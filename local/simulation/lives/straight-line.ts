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
import {
  creditDocument,
  type Expected,
  type ExpectedDocument,
  type ExpectedEntry,
  orderDocument,
  prepaymentDocument,
} from './expected.ts';
import { type Fraction, fraction, isZero, minus, plus, short, ZERO } from './fractions.ts';
import { billOf } from './month-bill.ts';
import { priceVersions, SKUS, type Sku } from './offer.ts';
import { type Ask, type Chronicle, CLOSING_DAY, type Story, type Wish } from './story.ts';
import { agreed, priceIn, priceOf, type Terms, termsOfMonth } from './terms.ts';

/** A request on its way: NOTHING came of it, or it is DONE. */
type Request = {
  ask: Ask;
  n: number;
  from: Day;
  state: 'ASKED' | 'WAITING' | 'DONE' | 'NOTHING';
  approved?: Day;
  invoice?: ExpectedDocument;
  isCredited?: true;
};

const skuOf = (code: string): Sku => SKUS.find((sku) => sku.code === code) as Sku;
const prepaidBy = (wish: Wish): string | undefined => ('prepayment' in wish ? wish.prepayment : undefined);
const closingDay = (month: Month): Day => `${monthsLater(month, 1)}-${CLOSING_DAY}`;

/**
 * Every document and ledger entry that must come of a contract's story, by domain.md §3, §4, §5 and §7: the calendar is
 * gone through day by day with paper and pencil. The job of a day comes first, then the close, then what people do.
 */
export function straightLine(story: Story, { first, months, jobDays }: Chronicle): Expected {
  const { currency } = story;
  const prices = priceVersions(currency, first);
  const documents: ExpectedDocument[] = [];
  const ledger: ExpectedEntry[] = [];
  const requests: Request[] = [];
  const terms: Terms[] = [];
  let balance = ZERO;
  let start: Day | undefined;
  let termFrom: Day = '';
  let end: Day = '';
  let graceMonths = 0;
  let hasEnded = false;
  let isForfeited = false;
  let workedUntil = daysLater(jobDays[0] as Day, -1);
  let doneByCloses = 0;
  /** What the end was settled at, and the month that bills it: its last, or the first that isn't closed. */
  let settled: { month: Month; amount: string } | undefined;
  let closedUntil: Month = '';

  const latest = (): Terms => terms.at(-1) as Terms;
  const lastBilled = (): Day => (graceMonths > 0 ? endOfTerm(daysLater(end, 1), graceMonths) : end);

  function post(kind: string, of: ExpectedEntry['of'], points: Fraction): void {
    balance = fraction(short(plus(balance, points)));
    ledger.push({ kind, of, points: short(points), balanceAfter: short(balance) });
  }

  /** The contract is over: nothing comes of what is still asked for. */
  function over(): void {
    hasEnded = true;
    for (const request of requests) if (request.state !== 'DONE') request.state = 'NOTHING';
  }

  function ask(asked: Ask, n: number): void {
    const { wish, on } = asked;
    const running = firstOf(monthOf(on));
    // A top-up acts from the 1st of the running month, or since its terms began in it.
    const from = 'from' in wish ? wish.from : latest().from > running ? latest().from : running;
    const request: Request = { ask: asked, n, from, state: 'ASKED' };
    requests.push(request);
    const sku = wish.type === 'CREATE' ? skuOf(wish.sku) : latest().sku;
    if (sku.contractType !== 'PAY-GO' || (wish.type !== 'CREATE' && wish.type !== 'UPGRADE')) return;
    request.state = 'WAITING';
    if (from <= on) takeEffect(request);
  }

  function decide(today: Day): void {
    for (const request of requests) {
      if (request.state === 'DONE' || request.state === 'NOTHING') continue;
      const { approved, rejected, withdrawn } = request.ask;
      if (approved === today) {
        request.state = 'WAITING';
        request.approved = today;
      }
      if (rejected === today || withdrawn === today) request.state = 'NOTHING';
    }
    if (story.deactivated !== today) return;
    if (today <= lastBilled()) end = today;
    graceMonths = 0;
    over();
  }

  function takeEffect(request: Request): void {
    const { wish } = request.ask;
    const { from, n } = request;
    request.state = 'DONE';
    if (wish.type === 'TERMINATE') {
      end = daysLater(from, -1);
      graceMonths = 0;
      over();
      const amount = request.ask.settlement;
      const last = monthOf(end);
      if (amount !== undefined) settled = { month: last <= closedUntil ? monthsLater(last, 1) : last, amount };
    } else if (wish.type === 'UPGRADE' || wish.type === 'DOWNGRADE') {
      terms.push(agreed(skuOf(wish.sku), from, end));
    } else if (wish.type === 'CREATE' || wish.type === 'RENEW') {
      const sku = wish.type === 'CREATE' ? skuOf(wish.sku) : latest().sku;
      const { term = sku.term, schedule, discount = '0' } = wish;
      if (wish.type === 'CREATE') graceMonths = sku.contractType === 'PAY-GO' ? 1 : 0;
      start ??= from;
      termFrom = from;
      end = endOfTerm(from, term);
      terms.push(agreed(sku, from, end, schedule, termFrom, priceOf(prices, sku, monthOf(from), discount)));
    } else {
      const { sku, negotiated } = latest();
      const amended = wish.type === 'AMEND' && priceOf(prices, sku, monthOf(termFrom), wish.discount);
      end = endOfTerm(termFrom, wish.term);
      terms.push(agreed(sku, from, end, wish.schedule, termFrom, amended || negotiated?.locked));
    }
    const prepaid = prepaidBy(wish);
    if (prepaid !== undefined) post('CREDIT', n, fraction(prepaid));
  }

  /** What is approved is invoiced; what then came to nothing is credited. */
  function issueDocuments(today: Day): void {
    for (const request of requests) {
      const { ask, n, from, approved, invoice } = request;
      const prepaid = prepaidBy(ask.wish);
      if (prepaid === undefined || approved === undefined) continue;
      if (!invoice) {
        const { wish } = ask;
        const sku = wish.type === 'CREATE' ? skuOf(wish.sku) : latest().sku;
        const discount = 'discount' in wish ? (wish.discount ?? '0') : '0';
        const locked = wish.type === 'TOPUP' ? latest().negotiated?.locked : undefined;
        const { price } = locked ?? priceOf(prices, sku, monthOf(from), discount);
        request.invoice = prepaymentDocument(n, approved, currency, {
          sku: sku.code,
          points: fraction(prepaid),
          price,
        });
        documents.push(request.invoice);
      }
      if (request.state !== 'NOTHING' || request.isCredited) continue;
      request.isCredited = true;
      documents.push(creditDocument(request.invoice as ExpectedDocument, today));
    }
  }

  const waiting = () => requests.filter(({ state }) => state === 'WAITING').length;

  /** The daily job makes up for the days on which it didn't run, one after the other; so does a close, up to its month's end. */
  function job(today: Day, until = today): void {
    issueDocuments(today);
    for (const day of daysBetween(daysLater(workedUntil, 1), until)) {
      for (const request of requests) if (request.state === 'WAITING' && request.from <= day) takeEffect(request);
      if (start !== undefined && !hasEnded && day > lastBilled()) over();
    }
    // What is approved later for a day that has passed is done from that day on, too.
    for (const request of requests) if (request.state === 'WAITING' && request.from <= until) takeEffect(request);
    if (until > workedUntil) workedUntil = until;
    issueDocuments(today);
    const isPrepaid = terms.at(-1)?.sku.contractType === 'PRE-PAY';
    if (!isPrepaid || !hasEnded || isForfeited || today <= closingDay(monthOf(end))) return;
    isForfeited = true;
    if (!isZero(balance)) post('FORFEIT', 'CONTRACT', minus(ZERO, balance));
  }

  const isActiveIn = (month: Month): boolean =>
    start !== undefined && monthOf(start) <= month && firstOf(month) <= lastBilled();

  function close(month: Month, today: Day): void {
    // Usage can be reported of a contract that has begun by then; what is due on it comes after, and then the freeze.
    const usage = isActiveIn(month) ? (story.usage[month] ?? []) : [];
    const before = waiting();
    job(today, firstOf(monthsLater(month, 1)));
    doneByCloses += before - waiting();
    closedUntil = month;
    const settlement = settled?.month === month ? { settlement: settled.amount } : {};
    if (!isActiveIn(month) && settled?.month !== month) return;
    const { ruling, minimum } = termsOfMonth(terms, month, end);
    const prepaid = ruling.sku.contractType === 'PRE-PAY' ? { balance } : {};
    const charged = { currency, minimum, ...priceIn(ruling, prices, month), ...prepaid, ...settlement };
    const bill = billOf(usage, charged);
    if (!bill) return;
    documents.push(orderDocument(month, today, ruling.sku.code, currency, bill));
    if (bill.drawing) post('DRAW', month, minus(ZERO, bill.drawing.drawn));
  }

  const jobs = new Set(jobDays);
  for (const today of daysBetween(jobDays[0] as Day, jobDays.at(-1) as Day)) {
    if (jobs.has(today)) job(today);
    const month = monthsLater(monthOf(today), -1);
    if (today === closingDay(month) && month >= first && monthsFrom(first, month) < months) close(month, today);
    for (const [n, asked] of story.asks.entries()) if (asked.on === today) ask(asked, n);
    decide(today);
  }
  return { documents, ledger, doneByCloses };
}
