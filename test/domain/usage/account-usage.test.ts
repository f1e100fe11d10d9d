import * as fc from 'fast-check';
import { formatQuantity, type Quantity, quantity, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import { accountUsage, type UsageOn } from '../../../lambdas/domain/usage/account-usage.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { usageLine } from '../support/builders.ts';

const fed = (amount: string, more: Partial<UsageLine> = {}) =>
  usageLine('1', amount, '3', { origin: 'METER', prefilled: quantity(amount), ...more });
const hand = (amount: string, more: Partial<UsageLine> = {}) =>
  usageLine('1', amount, '3', { origin: 'HAND', ...more });
const edit = (time = '2026-11-03') => ({ reason: 'METER_ERROR' as const, userId: 'ada', time });
/** On an order that takes usage, and on one that doesn't any more. */
const open = (orderId: string, ...lines: UsageLine[]): UsageOn => ({ orderId, takesUsage: true, lines });
const sent = (orderId: string, ...lines: UsageLine[]): UsageOn => ({ orderId, takesUsage: false, lines });

/** What is said of October: its lines as "order: quantity" after it, and what is told. */
function said(amount: string, on: UsageOn[], toldSince?: string) {
  const own = on[0]?.takesUsage === true;
  const to = own ? 'OCT' : 'DEC';
  const result = accountUsage(
    { line: usageLine('1', amount, '3', { origin: 'METER' }), to, isOwn: own, toldSince },
    on,
  );
  const all = new Map([...on.map(({ orderId, lines }) => [orderId, lines] as const), ...result.lines]);
  const shown = [...all].flatMap(([id, lines]) => lines.map((line) => `${id}: ${formatQuantity(line.quantity)}`));
  return { shown, told: result.told && formatQuantity(result.told.reported), all };
}

test.each([
  ['nothing is there', '10', [open('OCT')], ['OCT: 10'], undefined],
  ['a line follows', '12', [open('OCT', fed('10'))], ['OCT: 12'], undefined],
  ['nothing is said any more', '0', [open('OCT', fed('10'))], [], undefined],
  [
    'what an open order carries comes home',
    '12',
    [open('OCT', fed('10')), open('NOV', fed('2'))],
    ['OCT: 12'],
    undefined,
  ],
  [
    'what a submitted one carries stays',
    '12',
    [open('OCT', fed('10')), sent('NOV', fed('3'))],
    ['OCT: 9', 'NOV: 3'],
    undefined,
  ],
  ['that alone is more', '2', [open('OCT', fed('10')), sent('NOV', fed('3'))], ['NOV: 3'], '3'],
  ['a person has written it', '12', [open('OCT', hand('10'))], ['OCT: 10'], '10'],
  ['a person has written it beside', '12', [open('OCT', hand('10'), fed('12', { id: '2' }))], ['OCT: 10'], '10'],
  [
    'a person has written what is said',
    '12',
    [open('OCT', hand('10')), sent('NOV', hand('2'))],
    ['OCT: 10', 'NOV: 2'],
    undefined,
  ],
  [
    'a person has edited it knowing',
    '10',
    [open('OCT', fed('4', { prefilled: quantity('10'), edit: edit() }))],
    ['OCT: 4'],
    undefined,
  ],
  [
    'a person has edited what a later order carries',
    '12',
    [open('OCT', fed('10')), sent('NOV', fed('1', { prefilled: quantity('2'), edit: edit() }))],
    ['OCT: 10', 'NOV: 1'],
    undefined,
  ],
  ['what is missing is arrears', '12.5', [sent('OCT', fed('7')), open('DEC')], ['OCT: 7', 'DEC: 5.5'], undefined],
  [
    'on the order that takes it',
    '12',
    [sent('OCT', fed('7')), open('NOV', fed('1')), open('DEC', fed('2'))],
    ['OCT: 7', 'DEC: 5'],
    undefined,
  ],
  [
    'too much that waits is taken back',
    '8',
    [sent('OCT', fed('7')), open('DEC', fed('3'))],
    ['OCT: 7', 'DEC: 1'],
    undefined,
  ],
  ['as far as it can be', '6', [sent('OCT', fed('7')), open('DEC', fed('3'))], ['OCT: 7'], '7'],
  ['edited usage is told', '12', [sent('OCT', fed('7', { edit: edit() })), open('DEC')], ['OCT: 7'], '7'],
  [
    'edited knowing it',
    '12',
    [sent('OCT', fed('7', { prefilled: quantity('12'), edit: edit() })), open('DEC')],
    ['OCT: 7'],
    undefined,
  ],
  [
    'left as it is by a person who said nothing',
    '12',
    [sent('OCT', hand('7', { prefilled: quantity('12') })), open('DEC')],
    ['OCT: 7'],
    '7',
  ],
])('%s', (_what, amount, on, shown, told) => {
  expect(said(amount, on)).toMatchObject({ shown, told });
});

test('a difference is told until a person has edited the line since, the feed agrees or says again what was edited', () => {
  const original = { quantity: quantity('10'), siteName: '', customerNumber: '' };
  const edited = (prefilled: string, time: string) =>
    open('OCT', fed('4', { prefilled: quantity(prefilled), edit: { ...edit(time), original } }));
  expect(said('12', [edited('10', '2026-11-03')]).told).toBe('4');
  expect(said('12', [edited('12', '2026-11-03')], '2026-11-05').told).toBe('4');
  expect(said('12', [edited('12', '2026-11-06')], '2026-11-05').told).toBeUndefined();
  expect(said('4', [edited('12', '2026-11-03')], '2026-11-05').told).toBeUndefined();
  expect(said('10', [edited('12', '2026-11-03')], '2026-11-05').told).toBeUndefined();
});

const amount = fc.integer({ min: 0, max: 30 }).map((n) => quantity(String(n)));
const line = fc.record({ quantity: amount, prefilled: amount, how: fc.constantFrom('FED', 'HAND', 'EDITED') });
const lineOf = (
  { quantity: of, prefilled, how }: { quantity: Quantity; prefilled: Quantity; how: string },
  id: string,
) => {
  const more = { id, quantity: of };
  if (how === 'HAND') return hand('0', more);
  return fed('0', how === 'EDITED' ? { ...more, prefilled, edit: edit() } : { ...more, prefilled: of });
};

test('all lines come to what is said, but for edits with a reason and what is told; said again nothing changes', () => {
  const orders = fc.array(fc.record({ isOpen: fc.boolean(), lines: fc.array(line, { maxLength: 2 }) }), {
    minLength: 2,
    maxLength: 4,
  });
  fc.assert(
    fc.property(orders, amount, (made, total) => {
      const on = made.map(({ isOpen, lines }, at) =>
        (isOpen ? open : sent)(['OCT', 'DEC', 'NOV', 'JAN'][at] ?? '', ...lines.map((each, n) => lineOf(each, `${n}`))),
      );
      if (!on[0]?.takesUsage && on[1]) on[1] = { ...on[1], takesUsage: true };
      const text = formatQuantity(total);
      const { all, told } = said(text, on);
      const lines = [...all.values()].flat();
      const named = sum(lines.map((each) => (each.edit ? (each.prefilled as bigint) - each.quantity : 0n)));
      const reported = sum(lines.map((each) => each.quantity as bigint));
      if (told === undefined && reported !== total) expect(reported + named).toBe(total);
      const again = on.map((each) => ({ ...each, lines: all.get(each.orderId) ?? [] }));
      const sorted = (each: readonly UsageLine[]) => each.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      for (const [id, kept] of said(text, again).all) expect(sorted(kept)).toEqual(sorted(all.get(id) ?? []));
    }),
  );
});
