import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Product } from '../../../lambdas/domain/catalogue/product.ts';
import { activeSeconds } from '../../../lambdas/domain/metering/active-seconds.ts';
import {
  addMetered,
  type MeteredSums,
  type MeteringTerms,
  meteredQuantities,
} from '../../../lambdas/domain/metering/metered-use.ts';
import type { Reading, ReadingUse } from '../../../lambdas/domain/metering/reading.ts';
import { formatQuantity, pointsPerUnit, quantity } from '../../../lambdas/domain/numbers/amounts.ts';

const NOVEMBER = period('2026-11');
const HOUR = 3_600;
const MONTH = 720 * HOUR;

const product = (code: string, metering: Product['metering']): Product => ({
  id: code,
  code,
  name: code,
  category: 'Any',
  family: 'RENTAL',
  uom: 'GB',
  pointsPerUnit: pointsPerUnit('1'),
  ...(metering && { metering }),
});
const PRODUCTS = [
  product('CORE', 'VRAM'),
  product('NET', 'VRAM'),
  product('APP', 'HOST_CORES'),
  product('DISK', 'CAPACITY'),
];
const productsOf = (code: string): readonly Product[] =>
  code === 'BUNDLE' ? PRODUCTS.slice(0, 2) : PRODUCTS.filter((each) => each.code === code);

const TERMS: MeteringTerms = {
  contractId: 'c',
  track: 'RENTAL',
  active: [0, MONTH],
  productionFrom: 0,
  productsOf,
  customerOf: (label) => label,
};
const USE: ReadingUse = {
  key: '',
  products: ['CORE'],
  category: 'RENTAL',
  poweredOn: true,
  configured: quantity('64'),
  reserved: quantity('0'),
  cores: quantity('0'),
  capacity: quantity('0'),
  customer: '',
  places: { c: 'site-1' },
};

/** What readings of a source come to: from and to in hours, and what is said otherwise. */
function metered(
  parts: readonly [from: number, to: number, over?: Partial<ReadingUse>][],
  terms: Partial<MeteringTerms> = {},
) {
  const sums: MeteredSums = new Map();
  for (const [from, to, over] of parts) {
    const reading: Reading = { source: 'vm', from: from * HOUR, to: to * HOUR, sequence: 1, use: { ...USE, ...over } };
    addMetered(sums, reading, { ...TERMS, ...terms });
  }
  const lines = meteredQuantities(sums, NOVEMBER).map((line) => `${line.productCode} ${formatQuantity(line.quantity)}`);
  return { lines, sums };
}

test('worked example 8, and the same in hours', () => {
  expect(metered([[0, 360]]).lines).toEqual(['CORE 12']);
  const hours = Array.from({ length: 360 }, (_, hour): [number, number] => [hour, hour + 1]);
  expect(metered(hours).lines).toEqual(['CORE 12']);
  expect(metered([[0, 720, { configured: quantity('16'), reserved: quantity('10') }]]).lines).toEqual(['CORE 10']);
});

test('one amount of a VM counts for every product in use on it, a retired bundle for those that replace it, each once', () => {
  expect(metered([[0, 360, { products: ['CORE', 'NET'] }]]).lines).toEqual(['CORE 12', 'NET 12']);
  expect(metered([[0, 360, { products: ['BUNDLE', 'CORE'] }]]).lines).toEqual(['CORE 12', 'NET 12']);
});

test('host cores and capacity are averages over the hours of the month', () => {
  const host = { products: ['APP'], cores: quantity('32') };
  expect(
    metered([
      [0, 360, host],
      [360, 720, { ...host, poweredOn: false }],
    ]).lines,
  ).toEqual(['APP 16']);
  expect(metered([[0, 1, { products: ['DISK'], capacity: quantity('1000') }]]).lines).toEqual(['DISK 1.388889']);
});

test('what is never billed is told apart, by its reason', () => {
  const { sums } = metered(
    [
      [0, 200],
      [200, 300, { category: 'DEMO' }],
      [300, 400, { poweredOn: false }],
      [400, 700],
    ],
    { active: [100 * HOUR, 500 * HOUR], productionFrom: 150 * HOUR },
  );
  const twiceGb = 48_000_000n * BigInt(HOUR);
  expect([...sums.values()]).toMatchObject([
    {
      billable: twiceGb * 150n,
      notBillable: {
        OUTSIDE_CONTRACT: twiceGb * 300n,
        TEST_METER: twiceGb * 50n,
        DEMO: twiceGb * 100n,
        POWERED_OFF: twiceGb * 100n,
      },
    },
  ]);
  expect(metered([[0, 100]], { productionFrom: undefined }).lines).toEqual([]);
});

test('usage counts for the contract it was reported for, and for products of its family alone', () => {
  expect(metered([[0, 1, { places: { other: '' } }]]).lines).toEqual([]);
  expect(metered([[0, 1]], { track: 'SOV' }).lines).toEqual([]);
});

test('a contract is active from its first day to its last one of grace', () => {
  const life = {
    status: 'ACTIVE',
    bolDate: plainDate('2026-11-11'),
    eolDate: plainDate('2026-11-20'),
    graceTermMonths: 0,
  } as const;
  expect(activeSeconds(life, NOVEMBER)).toEqual([10 * 24 * HOUR, 20 * 24 * HOUR]);
  expect(activeSeconds({ ...life, graceTermMonths: 1 }, NOVEMBER)).toEqual([10 * 24 * HOUR, MONTH]);
  expect(activeSeconds(life, period('2026-12'))).toBeUndefined();
});
