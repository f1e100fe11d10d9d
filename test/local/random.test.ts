import { seededRandom } from '../../local/random.ts';

const draw = (random: { next(): number }, count: number) => Array.from({ length: count }, () => random.next());

test('the same seed gives the same sequence, another seed another', () => {
  expect(draw(seededRandom(7), 5)).toEqual(draw(seededRandom(7), 5));
  expect(draw(seededRandom(7), 5)).not.toEqual(draw(seededRandom(8), 5));
});

test('the numbers lie evenly between 0 and 1', () => {
  const numbers = draw(seededRandom(1), 20_000);
  const tenths = Array.from({ length: 10 }, (_, n) => numbers.filter((one) => Math.floor(one * 10) === n).length);
  expect(Math.min(...tenths)).toBeGreaterThan(1800);
  expect(Math.max(...tenths)).toBeLessThan(2200);
});

test('whole numbers, chances and picks stay within their bounds', () => {
  const random = seededRandom(3);
  const numbers = new Set(Array.from({ length: 200 }, () => random.int(3)));
  expect([...numbers].sort()).toEqual([0, 1, 2]);
  expect(Array.from({ length: 100 }, () => random.chance(0))).not.toContain(true);
  expect(Array.from({ length: 100 }, () => random.chance(1))).not.toContain(false);
  expect(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b'])))).toEqual(new Set(['a', 'b']));
  expect(() => random.pick([])).toThrow('list is empty');
});

test('a fork depends on seed and label only', () => {
  const used = seededRandom(5);
  draw(used, 10);
  expect(draw(used.fork('x'), 3)).toEqual(draw(seededRandom(5).fork('x'), 3));
  expect(draw(used.fork('x'), 3)).not.toEqual(draw(used.fork('y'), 3));
  expect(draw(used.fork('x'), 3)).not.toEqual(draw(seededRandom(6).fork('x'), 3));
});
