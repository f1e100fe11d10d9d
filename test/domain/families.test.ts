import { readFileSync } from 'node:fs';
import { FAMILY_TYPES } from '../../lambdas/domain/catalogue/family.ts';

const DOMAIN = 'lambdas/domain';
const README = readFileSync(`${DOMAIN}/README.md`, 'utf8');

/** Rows of the README's table of families: what it is of, the README of its rule, and the test of its example. */
const rows = [...README.matchAll(/^\| ([^|]+) \| \[[^\]]+\]\(([^)]+)\) \| `([^`]+)`: (.+) \|$/gm)].map(
  ([, of = '', readme = '', file = '', name = '']) => ({ of, readme, file, name }),
);

test('each family has a rule with an example that is a test', () => {
  const named = new Set(rows.flatMap(({ of }) => of.split(', ')));
  expect(FAMILY_TYPES.filter((family) => !named.has(family))).toEqual([]);
});

test.each(rows)('$of: the README says its rule and names $file, which has the test', ({ of, readme, file, name }) => {
  const rule = readFileSync(`${DOMAIN}/${readme}`, 'utf8');
  for (const family of FAMILY_TYPES.filter((each) => of.split(', ').includes(each))) expect(rule).toContain(family);
  expect(rule).toContain(file);
  expect(readFileSync(file, 'utf8')).toContain(name);
});
