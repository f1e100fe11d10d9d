import type { UsageLine } from './usage-line.ts';

type Keyed = Pick<UsageLine, 'usagePeriod' | 'productCode' | 'siteId' | 'siteName' | 'customerNumber'>;

/** What a line is of: there is one for a period, product, site and end customer (domain.md §3). */
export function lineKey({ usagePeriod, productCode, siteId, siteName, customerNumber }: Keyed): string {
  return JSON.stringify([usagePeriod, productCode, siteId === undefined ? siteName : `#${siteId}`, customerNumber]);
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
