import { NO_QUANTITY, type Quantity, sum } from '../numbers/amounts.ts';
import { isAsFed } from './arrears.ts';
import type { UsageLine } from './usage-line.ts';

/** What a feed says of one product, site and customer of a month: the whole of it, not what is new. */
export type FedUsage = Omit<UsageLine, 'id' | 'usagePeriod' | 'prefilled' | 'edit' | 'comment' | 'clusterUsages'>;

/** Lines of one usage of a month (a product, site and end customer) on one order. */
export type UsageOn = {
  orderId: string;
  /** The order is in its service provider's hands: what a feed has put there can still be changed. */
  takesUsage: boolean;
  lines: readonly UsageLine[];
};

/** What a feed says of a usage of a month, and where more of it goes. */
export type SaidUsage = {
  /** The whole quantity of the month, as the line that it makes where there is none; never an edited one. */
  line: UsageLine;
  /** Id of the order that takes it: the month's own while that takes usage, else the one that carries arrears. */
  to: string;
  isOwn: boolean;
  /** Since when a difference of this usage is told, if one is. */
  toldSince?: string | undefined;
  /** What has left the service provider's hands is taken back by negative arrears where the feed says less since. */
  takesBack?: boolean;
};

export type AccountedUsage = {
  /** Lines of the usage as they become, of the orders on which they change alone. */
  lines: Map<string, UsageLine[]>;
  /** By how much all of the usage changes. */
  change: Quantity;
  /**
   * What a person has to look at, with what is reported then. EDITED: one has written or changed the usage, and the feed
   * says otherwise since. LESS: more than the feed says has left the service provider's hands.
   */
  told?: { reason: 'EDITED' | 'LESS'; reported: Quantity };
};

/**
 * What a feed's word of a month's usage makes of all the lines there are of it, on the month's own order and on those that
 * carry arrears of it (domain.md §3 "Arrears"). What has left the service provider's hands, and what a person has written
 * or changed, stands; what the feed itself has put on orders that can still be changed is made what is missing beside that,
 * on the one order that takes it. So the lines come to what the feed says, but for what persons made of it by name, and
 * for what is told. The same said again changes nothing.
 *
 * Usage that a person has changed doesn't become arrears by itself: once the month's own order is submitted it is told.
 */
export function accountUsage(said: SaidUsage, on: readonly UsageOn[]): AccountedUsage {
  const held = on.flatMap(({ orderId, takesUsage, lines }) =>
    lines.map((line): HeldLine => ({ orderId, line, stays: !takesUsage || !isAsFed(line) })),
  );
  const persons = held.filter(({ line }) => !isAsFed(line));
  if (persons.length > 0 && !said.isOwn) return withTold({ lines: new Map(), change: NO_QUANTITY }, told(said, held));
  const main = firstById(persons.filter(({ orderId }) => orderId === said.to));
  const beside = held.filter((each) => each.stays && each !== main);
  const missing = (said.line.quantity - fedOf(beside)) as Quantity;
  const share = missing < NO_QUANTITY && !said.takesBack ? NO_QUANTITY : missing;
  const followed = main ? { ...main.line, prefilled: share } : filled(said, held, share);
  const stays = held.filter((each) => each.stays && each !== main);
  const after = [...stays, ...(followed ? [{ orderId: said.to, line: followed, stays: false }] : [])];
  const result = { lines: changedOn(on, after), change: (quantityOf(after) - quantityOf(held)) as Quantity };
  // Of a person's line it counts what the feed had said before, unless it says again what was changed then.
  if (!main || main.line.edit?.original?.quantity === share) return withTold(result, told(said, after, main));
  return withTold(result, told(said, [...stays, main]));
}

type HeldLine = { orderId: string; line: UsageLine; stays: boolean };

/** Of several, which were there before the portal looked, always the same. */
function firstById(held: readonly HeldLine[]): HeldLine | undefined {
  return held.reduce<HeldLine | undefined>(
    (first, each) => (first && first.line.id < each.line.id ? first : each),
    undefined,
  );
}

/** What a feed has said of a line: of one that a person alone has written, what it says itself. */
const fed = ({ prefilled, quantity }: UsageLine): Quantity => prefilled ?? quantity;

const quantityOf = (held: readonly HeldLine[]): Quantity => sum(held.map(({ line }) => line.quantity));
const fedOf = (held: readonly HeldLine[]): Quantity => sum(held.map(({ line }) => fed(line)));

/** The line that the feed itself has or puts on the order that takes the usage; none of nothing. */
function filled({ line, to }: SaidUsage, held: readonly HeldLine[], quantity: Quantity): UsageLine | undefined {
  if (quantity === NO_QUANTITY) return undefined;
  const before = held.find(({ orderId, stays }) => orderId === to && !stays)?.line;
  return { ...before, ...line, id: before?.id ?? line.id, quantity, prefilled: quantity };
}

/** @param agreed a line that is known whatever was told */
function told(
  { line: { quantity }, toldSince }: SaidUsage,
  held: readonly HeldLine[],
  agreed?: HeldLine,
): AccountedUsage['told'] {
  const reported = quantityOf(held);
  if (reported === quantity) return undefined;
  const persons = held.filter(({ line }) => !isAsFed(line));
  if (persons.length === 0) return { reason: 'LESS', reported };
  const isKnown =
    fedOf(held) === quantity && persons.every(({ line }) => line.id === agreed?.line.id || isNamed(line, toldSince));
  return isKnown ? undefined : { reason: 'EDITED', reported };
}

/** Whether a line is what its feed said, or a person has said why it isn't since the difference was told. */
function isNamed(line: UsageLine, toldSince: string | undefined): boolean {
  if (line.quantity === fed(line)) return true;
  return line.edit !== undefined && (toldSince === undefined || line.edit.time > toldSince);
}

function changedOn(on: readonly UsageOn[], after: readonly HeldLine[]): Map<string, UsageLine[]> {
  const byOrder = Map.groupBy(after, ({ orderId }) => orderId);
  const ids = new Set([...on.map(({ orderId }) => orderId), ...byOrder.keys()]);
  const lines = [...ids].map((id) => [id, (byOrder.get(id) ?? []).map(({ line }) => line)] as const);
  return new Map(lines);
}

const withTold = (result: AccountedUsage, found: AccountedUsage['told']): AccountedUsage =>
  found ? { ...result, told: found } : result;
