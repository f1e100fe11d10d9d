import {
  decimal,
  equals,
  floor,
  halfEven,
  isLess,
  largest,
  minus,
  plus,
  type Rational,
  rational,
  smallest,
  times,
  ZERO,
} from './rational.ts';

/** An order in plain text, as the reference reads it. Numbers are decimal literals. */
export type OrderText = {
  digits: number;
  minimum: string;
  price: string;
  overagePrice?: string;
  balance?: string;
  /** In whole minor units. */
  settlement?: number;
  lines: readonly LineText[];
  tiers: Readonly<Record<string, ReadonlyArray<{ from: string; to?: string; ppu: string; split: string }>>>;
};
export type LineText = {
  id: string;
  site: string;
  product: string;
  customer: string;
  quantity: string;
  ppu: string;
  minQuantity?: string;
  inside: boolean;
};

export type ReferenceLine = { name: string; points: Rational; amount: bigint };
export type Reference = { lines: ReferenceLine[]; net: bigint; reported: Rational; total: Rational; drawn: Rational };

/** Charges an order straight down domain.md §5, in rational numbers and without regard to speed. */
export function referenceCharge(order: OrderText): Reference {
  const price = decimal(order.price);
  const minimum = decimal(order.minimum);
  const minor = rational(10n ** BigInt(order.digits));

  // Canonical order: characters compared by code point, which in well-formed text is the order of its UTF-8 bytes.
  const key = (line: LineText) => [line.site, line.product, line.customer, line.id].map((text) => Buffer.from(text));
  const lines = [...order.lines].sort((a, b) => {
    const right = key(b);
    return (
      key(a)
        .map((text, index) => Buffer.compare(text, right[index] as Buffer))
        .find((sign) => sign !== 0) ?? 0
    );
  });

  // Step 1: points of each line.
  const used = new Map<string, Rational>();
  const perLine = lines.map((line) => {
    let billed = decimal(line.quantity);
    if (line.minQuantity && isLess(ZERO, billed)) billed = largest(billed, decimal(line.minQuantity));
    const ranges = new Map(Object.entries(order.tiers)).get(line.product);
    if (!ranges) return times(billed, decimal(line.ppu));
    const before = used.get(line.product) ?? ZERO;
    const after = plus(before, billed);
    used.set(line.product, after);
    let points = ZERO;
    for (const range of ranges) {
      const start = largest(before, decimal(range.from));
      const end = range.to === undefined ? after : smallest(after, decimal(range.to));
      if (isLess(start, end)) {
        points = plus(points, times(times(minus(end, start), decimal(range.ppu)), decimal(range.split)));
      }
    }
    return points;
  });

  // Steps 2 and 3.
  let reported = ZERO;
  let outside = ZERO;
  lines.forEach((line, index) => {
    if (line.inside) reported = plus(reported, perLine[index] as Rational);
    else outside = plus(outside, perLine[index] as Rational);
  });
  const overage = largest(ZERO, minus(reported, minimum));
  const underage = largest(ZERO, minus(minimum, reported));
  const total = plus(largest(reported, minimum), outside);

  // PRE-PAY: the draw, and what is left for cash.
  const balance = order.balance === undefined ? undefined : decimal(order.balance);
  const drawn = balance ? smallest(balance, largest(reported, minimum)) : ZERO;
  const inCash = balance ? largest(ZERO, minus(reported, balance)) : reported;
  const surchargePoints = order.overagePrice === undefined ? ZERO : smallest(overage, inCash);
  const surchargePrice = minus(decimal(order.overagePrice ?? '0'), price);

  // Step 5: the lines in full, rounded together.
  const exact: Array<{ name: string; points: Rational; share: Rational }> = lines.map((line, index) => {
    const points = perLine[index] as Rational;
    return { name: line.id, points, share: times(times(points, price), minor) };
  });
  if (!balance && isLess(ZERO, underage)) {
    exact.push({ name: 'UNDERAGE', points: underage, share: times(times(underage, price), minor) });
  }
  if (isLess(ZERO, surchargePoints)) {
    const share = times(times(surchargePoints, surchargePrice), minor);
    exact.push({ name: 'SURCHARGE', points: surchargePoints, share });
  }
  const charge = halfEven(exact.reduce((sum, { share }) => plus(sum, share), ZERO));
  const printed: ReferenceLine[] = exact.map(({ name, points, share }) => ({ name, points, amount: floor(share) }));
  const rest = (index: number) =>
    minus((exact[index] as { share: Rational }).share, rational((printed[index] as ReferenceLine).amount));
  let left = charge - printed.reduce((sum, { amount }) => sum + amount, 0n);
  const raised = new Set<number>();
  while (left > 0n) {
    let best = -1;
    for (let index = 0; index < printed.length; index++) {
      if (!raised.has(index) && (best < 0 || isLess(rest(best), rest(index)))) best = index;
    }
    raised.add(best);
    (printed[best] as ReferenceLine).amount += 1n;
    left -= 1n;
  }

  // An early end is settled at an amount of money: beside the points, after the underage.
  const settlement = BigInt(order.settlement ?? 0);
  if (order.settlement !== undefined) {
    const at = printed.findIndex(({ name }) => name === 'SURCHARGE');
    printed.splice(at < 0 ? printed.length : at, 0, { name: 'SETTLEMENT', points: ZERO, amount: settlement });
  }

  let net = charge + settlement;
  if (balance && (!equals(drawn, ZERO) || printed.length === 0)) {
    const cashPoints = times(plus(inCash, outside), price);
    const cash = halfEven(times(plus(cashPoints, times(surchargePoints, surchargePrice)), minor));
    printed.push({ name: 'COVER', points: minus(ZERO, smallest(balance, reported)), amount: cash - charge });
    net = cash + settlement;
  }
  return { lines: printed, net, reported, total, drawn };
}
