import fc from 'fast-check';
import { compileFilter, requiredValue } from '../../../lambdas/use-cases/lists/filter.ts';
import { STATUSES, TEST_LIST, type TestRow } from './rows.ts';

const { selectors } = TEST_LIST;

const rows: TestRow[] = [
  { id: '1', name: 'Ålesund', bolDate: '2026-01-01', month: '2026-01', price: '0.88', resell: true, status: 'ACTIVE' },
  { id: '2', name: 'Bergen; north', bolDate: '2026-02-28', price: '10', resell: false, status: 'PENDING_EXPIRATION' },
  { id: '3', name: 'bergen', month: '2026-03', price: '-5.5', status: 'PENDING_TERMINATION' },
  { id: '4', name: '50% *', bolDate: '2027-01-01', price: '0.880' },
  { id: '5' },
];

function taken(text: string): string {
  const compiled = compileFilter(text, selectors);
  if (!compiled.ok) throw new Error(compiled.errors.map(({ message }) => message).join(' | '));
  return rows
    .filter(compiled.value)
    .map((row) => row.id)
    .join('');
}
function reasons(text: string): string[] {
  const compiled = compileFilter(text, selectors);
  if (compiled.ok) throw new Error(`${text} is taken`);
  expect(new Set(compiled.errors.map(({ field }) => field))).toEqual(new Set(['filter']));
  return compiled.errors.map(({ message }) => message);
}

test.each([
  ['name==bergen', '3'],
  ['name!=bergen', '1245'],
  ["name=='Bergen; north'", '2'],
  ['name=="Bergen; north"', '2'],
  ['name==Bergen%3B%20north', '2'],
  ['name==%C3%85lesund', '1'],
  ['name==*erge*', '23'],
  ['name==B*n*', '2'],
  ['name==*e*e*', '23'],
  ['name!=*erge*', '145'],
  ['name==*', '1234'],
  ['name!=*', '5'],
  ['name==50%*', '4'],
  ["name=='50% %2A'", '4'],
  ['name=lt=C', '24'],
  ['name=ge=bergen', '13'],
  ['name=in=(bergen,Ålesund)', '13'],
  ['name=out=(bergen,Ålesund)', '245'],
  ['name=in=(berg*)', ''],
  ['bolDate=ge=2026-02-28', '24'],
  ['bolDate<2026-02-28', '1'],
  ['bolDate==2026-*', '12'],
  ['contract.month=le=2026-01', '1'],
  ['contract.month!=2026-01', '2345'],
  ['price==0.88', '14'],
  ['price=gt=0.88', '2'],
  ['price=lt=0', '3'],
  ['price=in=(10.00,-5.5)', '23'],
  ['resell==true', '1'],
  ['resell!=true', '2345'],
  ['status==PENDING*', '23'],
  ['status=out=(ACTIVE,PENDING_EXPIRATION)', '345'],
  ['name==bergen,name==Ålesund;price=gt=5', '3'],
  ['(name==bergen,name==Ålesund);price=lt=5', '13'],
  [' name == bergen ; price =lt= 5 ', '3'],
])('%s takes the rows %s', (text, ids) => expect(taken(text)).toBe(ids));

test.each([
  ['contract==x', 'has no selector "contract": use name, bolDate, contract.month, price, resell, status'],
  ['__proto__==x', expect.stringContaining('has no selector "__proto__"')],
  ['constructor==x', expect.stringContaining('has no selector "constructor"')],
  ['__proto__.type==x', expect.stringContaining('has no selector')],
  ['bolDate==2026-02-30', 'compares bolDate with "2026-02-30", which is no day: write an existing one as YYYY-MM-DD'],
  ['bolDate=ge=2027-02-29', expect.stringContaining('"2027-02-29", which is no day')],
  ['contract.month==2026-13', expect.stringContaining('is no month')],
  ['price==1e3', expect.stringContaining('no plain decimal number')],
  ['price==1*', expect.stringContaining('no plain decimal number')],
  ['price==0.000000000000000000001', expect.stringContaining('no plain decimal number')],
  ['resell==yes', 'compares resell with "yes", which is neither true nor false'],
  ['status==CLOSED', `compares status with "CLOSED", which is none of ${STATUSES.join(', ')}`],
  ['status==X*', expect.stringContaining('is none of')],
  ['status=lt=ACTIVE', 'compares status by =lt=: use ==, !=, =in= or =out='],
  ['resell=ge=true', expect.stringContaining('use ==, !=')],
  ['name=like=x', 'compares name by "=like=", which is no operator of FIQL'],
  ['name==(a,b)', expect.stringContaining('use =in= or =out=')],
  ['name==%FF', expect.stringContaining('no UTF-8')],
  ['name==*%FF', expect.stringContaining('no UTF-8')],
  ['name==a and name==b', expect.stringContaining('write ;')],
  ['name==', 'is no FIQL: Unexpected end'],
  ['name', 'is no FIQL: Unexpected end'],
  ['(name==a', expect.stringContaining('close parenthesis')],
  ['name==a)', "is no FIQL: Unexpected character ')' at position 8"],
  ["name=='a", expect.stringContaining('Unclosed quote')],
  ['name=in=()', expect.stringContaining('is no FIQL')],
  [';', expect.stringContaining('is no FIQL')],
  ['🙂==🙂', expect.stringContaining('has no selector "🙂"')],
  ['\u202eeman==x', expect.stringContaining('has no selector')],
])('%s is refused with the reason', (text, reason) => expect(reasons(text)[0]).toEqual(reason));

test('every wrong comparison is told, each reason once and ten at most', () => {
  expect(reasons('a==1;a==2,b==1;price==x')).toHaveLength(3);
  expect(reasons(Array.from({ length: 50 }, (_, n) => `s${n}==1`).join(','))).toHaveLength(10);
});

describe('a bomb never reaches the parser', () => {
  test.each([
    ['brackets', `${'('.repeat(1_900)}name==a${')'.repeat(1_900)}`, 'has more than 16 brackets in each other'],
    ['open brackets', '('.repeat(10_000), 'is longer than 4000 characters'],
    ['commas', ','.repeat(3_999), 'has more than 100 comparisons'],
    ['values', `name=in=(${'a,'.repeat(1_000)}a)`, 'has more than 100 comparisons'],
    ['commas after a quote', `name=='\\'',${','.repeat(1_000)}`, 'has more than 100 comparisons'],
    ['a million characters', `name==${'x'.repeat(1_000_000)}`, 'is longer than 4000 characters'],
  ])('%s', (_what, text, reason) => expect(reasons(text)).toEqual([reason]));

  test('but what is just within the limits is done', () => {
    const deep = `${'('.repeat(16)}name==bergen${')'.repeat(16)}`;
    expect(taken(deep)).toBe('3');
    expect(taken(Array.from({ length: 100 }, () => 'name==bergen').join(','))).toBe('3');
    expect(taken(`name=='${'(;,'.repeat(500)}'`)).toBe('');
  });

  test('and no pattern makes a text take long', () => {
    const compiled = compileFilter<TestRow>(`name==${'*a'.repeat(1_900)}*b`, selectors);
    const started = performance.now();
    for (let n = 0; n < 100; n++)
      expect(compiled.ok && compiled.value({ id: '', name: 'a'.repeat(3_000) })).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('a long text in a message is cut without breaking its characters', () => {
  const [reason = ''] = reasons(`resell==${'🙂'.repeat(500)}`);
  expect(reason).toContain(`"${'🙂'.repeat(60)}…"`);
});

// What a filter means, evaluated by hand: against this the compiled one is compared.
const TEXTS = ['', 'a', 'b', 'ab', 'ba', 'aab', 'é', '🙂', '\uffff'];
const text = fc.constantFrom(...TEXTS);
const testRow: fc.Arbitrary<TestRow> = fc.record(
  { id: fc.uuid(), name: text, price: fc.constantFrom('-1', '0', '0.5', '0.50', '2', '10') },
  { requiredKeys: ['id'] },
);
type Naive = { text: string; accepts: (row: TestRow) => boolean };
const encoded = (value: string) => (value === '' ? "''" : encodeURIComponent(value));
const points = (value: string) => [...value].map((character) => character.codePointAt(0)!);
function compareText(a: string, b: string): number {
  const [left, right] = [points(a), points(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] !== right[at]) return left[at]! - right[at]!;
  }
  return left.length - right.length;
}
const ORDERS: Record<string, (sign: number) => boolean> = {
  '=lt=': (sign) => sign < 0,
  '=le=': (sign) => sign <= 0,
  '=gt=': (sign) => sign > 0,
  '=ge=': (sign) => sign >= 0,
  '==': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
};
const comparison = fc.oneof(
  fc.tuple(fc.constantFrom(...Object.keys(ORDERS)), text).map(
    ([operator, value]): Naive => ({
      text: `name${operator}${encoded(value)}`,
      accepts: ({ name }) => (name === undefined ? operator === '!=' : ORDERS[operator]!(compareText(name, value))),
    }),
  ),
  fc.tuple(fc.constantFrom(...Object.keys(ORDERS)), fc.constantFrom('-1', '0.500', '3')).map(
    ([operator, value]): Naive => ({
      text: `price${operator}${value}`,
      accepts: ({ price }) =>
        price === undefined ? operator === '!=' : ORDERS[operator]!(Math.sign(Number(price) - Number(value))),
    }),
  ),
  fc.tuple(fc.constantFrom('=in=', '=out='), fc.array(text, { minLength: 1, maxLength: 3 })).map(
    ([operator, values]): Naive => ({
      text: `name${operator}(${values.map(encoded).join(',')})`,
      accepts: ({ name }) => (name !== undefined && values.includes(name)) === (operator === '=in='),
    }),
  ),
  fc.array(text, { minLength: 2, maxLength: 4 }).map(
    (parts): Naive => ({
      text: `name==${parts.map((part) => (part === '' ? '' : encodeURIComponent(part))).join('*')}`,
      accepts: ({ name }) => name !== undefined && new RegExp(`^${parts.join('[^]*')}$`, 'u').test(name),
    }),
  ),
);
const { filter } = fc.letrec<{ filter: Naive }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.tuple(fc.constantFrom(';', ','), tie('filter'), tie('filter')).map(([operator, left, right]) => ({
      text: `(${left.text})${operator}(${right.text})`,
      accepts: (row: TestRow) =>
        operator === ';' ? left.accepts(row) && right.accepts(row) : left.accepts(row) || right.accepts(row),
    })),
  ),
}));

test('a filter takes the rows that evaluating it by hand takes', () => {
  fc.assert(
    fc.property(filter, fc.array(testRow, { maxLength: 20 }), (naive, some) => {
      const compiled = compileFilter(naive.text, selectors);
      fc.pre(compiled.ok || !/more than/.test(compiled.errors[0]!.message));
      expect(compiled.ok && some.filter(compiled.value)).toEqual(some.filter(naive.accepts));
    }),
    { numRuns: 500 },
  );
});

test('whatever is written is taken or refused, never an exception', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...`name=!(),;'"\\*%<>~ ab`) })),
      (written) => {
        const compiled = compileFilter(written, selectors);
        if (compiled.ok) rows.forEach(compiled.value);
        else expect(compiled.errors.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each([
  ['name==a', 'a'],
  ['name==a;size=gt=1', 'a'],
  ['size=gt=1;(flag==true;name==a)', 'a'],
  ['name==a,size=gt=1', undefined],
  ['(name==a,name==b);size=gt=1', undefined],
  ['name!=a', undefined],
  ['name=in=(a)', undefined],
  ['size==1', undefined],
  ['name==', undefined],
  ['', undefined],
])('of every row that %s takes, the name is known to be %s', (text, value) => {
  expect(requiredValue(text, 'name')).toBe(value);
});
