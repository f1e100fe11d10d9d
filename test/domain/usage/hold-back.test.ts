import fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { formatQuantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { holdBack, withHeldBack } from '../../../lambdas/domain/usage/hold-back.ts';
import { OCTOBER, usageLine } from '../support/builders.ts';

const SEPTEMBER = period('2026-09');

const lines = fc.array(
  fc.record({ id: fc.integer({ min: 1, max: 5 }), late: fc.boolean(), amount: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 8 },
);

test('usage of the own month is held back, arrears are billed', () => {
  const own = usageLine('own', '3', '4');
  const late = usageLine('late', '5', '4', { usagePeriod: SEPTEMBER });
  expect(holdBack(OCTOBER, [own, late])).toEqual({ kept: [late], heldBack: [own] });
});

test('whatever an order has and another takes, each line is there once, under an id of its own', () => {
  fc.assert(
    fc.property(lines, lines, (on, from) => {
      const made = (each: typeof on) =>
        new Map(
          each.map(({ id, late, amount }) => [
            id,
            usageLine(`line-${id}`, String(amount), '4', late ? { usagePeriod: SEPTEMBER } : {}),
          ]),
        );
      const [carried, own] = [[...made(on).values()], [...made(from).values()]];
      const { kept, heldBack } = holdBack(OCTOBER, own);
      let renamed = 0;
      const after = withHeldBack(carried, heldBack, () => `new-${++renamed}`);
      expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
      const text = ({ usagePeriod, quantity }: (typeof after)[number]) => `${usagePeriod} ${formatQuantity(quantity)}`;
      expect([...kept, ...after].map(text).sort()).toEqual([...carried, ...own].map(text).sort());
    }),
  );
});
