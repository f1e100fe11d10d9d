import type { LineSource, UsageLine } from './usage-line.ts';

/**
 * What usage of a month is told apart by: product, usage site and end customer (domain.md §3), and what a feed says that it is
 * of, with the price that comes with that.
 */
export type UsageKey = Pick<UsageLine, 'productCode' | 'siteId' | 'siteName' | 'customerNumber' | 'source' | 'price'> &
  Partial<Pick<UsageLine, 'inMinCommit'>>;

/** The same text for all usage of one product, site and customer; sites without an id are told apart by name. */
export function usageKeyText({
  productCode,
  siteId,
  siteName,
  customerNumber,
  source,
  price,
  inMinCommit,
}: UsageKey): string {
  const key = [productCode, siteId === undefined ? siteName : `#${siteId}`, customerNumber];
  const of = source ? sourceKey(source) : [];
  // A feed tells usage beside the minimum commit apart; by hand there is one line of each.
  if (of.some((each) => each !== '')) key.push(...of, inMinCommit === false ? 'OUTSIDE_COMMIT' : '');
  if (price?.from === 'SOURCE') key.push(`${price.unitPrice} ${price.discount}`);
  return JSON.stringify(key);
}

function sourceKey({ subscriptionId, sid, orderNumber, commitmentId, deliveryNumber }: LineSource): string[] {
  return [subscriptionId, sid, orderNumber, commitmentId, deliveryNumber].map((each) => each ?? '');
}

type Keyed = UsageKey & Pick<UsageLine, 'usagePeriod'>;

/** The same for a line, which is of a month. */
export function lineKey(line: Keyed): string {
  return `${line.usagePeriod} ${usageKeyText(line)}`;
}

/** Lines of an order by what they are of. Those that name no site's id are found by its name. */
export type LineIndex = {
  /** All lines of the same thing: more than one only where they were there before the portal looked. */
  sameAs(line: Keyed): readonly UsageLine[];
  put(line: UsageLine): void;
  remove(line: UsageLine): void;
};

export function lineIndex(lines: Iterable<UsageLine>): LineIndex {
  const byKey = new Map<string, UsageLine[]>();
  const index: LineIndex = {
    sameAs: (line) => {
      const { siteId: _, ...named } = line;
      const exact = byKey.get(lineKey(line)) ?? [];
      return line.siteId === undefined ? exact : [...exact, ...(byKey.get(lineKey(named)) ?? [])];
    },
    put: (line) => {
      const key = lineKey(line);
      byKey.set(key, [...(byKey.get(key) ?? []).filter(({ id }) => id !== line.id), line]);
    },
    remove: (line) => {
      const key = lineKey(line);
      byKey.set(
        key,
        (byKey.get(key) ?? []).filter(({ id }) => id !== line.id),
      );
    },
  };
  for (const line of lines) index.put(line);
  return index;
}
