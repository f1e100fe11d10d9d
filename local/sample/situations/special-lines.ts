import { points, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import type { Setting, SituatedContract, Situation } from '../situation.ts';
import { payGo } from '../terms.ts';
import { aboveMinimum, belowMinimum, type Pattern, shareOf } from '../usage-patterns.ts';

/** Situations that lie in the usage lines of an order. */
export const SPECIAL_LINES: readonly Situation[] = [
  { name: 'Lines outside the commit', contracts: 5, draw: outsideCommit },
  { name: 'Tiered storage with a split', contracts: 3, family: 'RENTAL', draw: tieredStorage },
  { name: 'Tiered mailboxes', contracts: 3, family: 'ISV', draw: tieredMailboxes },
  { name: 'Less than a product’s minimum quantity', contracts: 3, family: 'RENTAL', draw: minimumQuantity },
  { name: 'An order of 300 lines', contracts: 1, family: 'RENTAL', draw: manyLines },
];

/** A pattern with quantities of certain products on top, drawn each month, one for each site in turn. */
function withExtra(pattern: Pattern, product: string, draw: (int: (below: number) => number) => string[]): Pattern {
  return (month) => {
    const reported = pattern(month);
    const extra = draw(month.random.int).map((text) => ({ product, quantity: quantity(text) }));
    return reported && { ...reported, extra };
  };
}

function outsideCommit(s: Setting): SituatedContract {
  const inside = belowMinimum(s);
  return {
    ...payGo(s),
    sites: 2,
    usage: (month) => {
      const reported = inside(month);
      const outside = shareOf(points('250'), 60, 120, month.random);
      return reported && { ...reported, outside };
    },
  };
}

function tieredStorage(s: Setting): SituatedContract {
  // Terabytes: a site fills the first range, the next reach the second and third.
  const terabytes = (int: (below: number) => number) =>
    [60, 90, 80].map((most) => `${most - int(20)}.${String(int(1000)).padStart(3, '0')}`);
  return { ...payGo(s, { size: '3600' }), sites: 3, usage: withExtra(belowMinimum(s), 'STOR-OBJECT', terabytes) };
}

function tieredMailboxes(s: Setting): SituatedContract {
  const mailboxes = (int: (below: number) => number) => [800 + int(300), 2500 + int(900)].map(String);
  return { ...payGo(s, { size: '3600' }), sites: 2, usage: withExtra(belowMinimum(s), 'SEC-MAIL', mailboxes) };
}

function minimumQuantity(s: Setting): SituatedContract {
  const machines = (int: (below: number) => number) => [String(2 + int(7))];
  return { ...payGo(s), usage: withExtra(aboveMinimum(s), 'BACKUP-STD', machines) };
}

function manyLines(s: Setting): SituatedContract {
  const usage = aboveMinimum(s);
  return {
    ...payGo(s, { size: '10800' }),
    sites: 16,
    usage: (month) => {
      const reported = usage(month);
      return reported && { ...reported, lines: 300 };
    },
  };
}
