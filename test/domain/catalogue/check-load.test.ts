import fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { type CatalogueContent, isOrderableIn } from '../../../lambdas/domain/catalogue/catalogue.ts';
import { checkLoad, type LoadSetting } from '../../../lambdas/domain/catalogue/check-load.ts';
import { CONTRACT_TYPES_OF, FAMILY_TYPES } from '../../../lambdas/domain/catalogue/family.ts';
import type {
  CatalogueLoad,
  FamilyEntry,
  PriceListEntry,
  ProductEntry,
  SkuEntry,
} from '../../../lambdas/domain/catalogue/load.ts';
import { points, pointsPerUnit, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';

const NOTHING: CatalogueContent = { families: [], skus: [], products: [] };
const family = (over: Partial<FamilyEntry> = {}): FamilyEntry => ({
  code: 'RENT',
  name: 'Rental',
  type: 'RENTAL',
  ...over,
});
const sku = (over: Partial<SkuEntry> = {}): SkuEntry => ({
  code: 'S-1800',
  family: 'RENT',
  contractType: 'PAY-GO',
  bolDate: '2026-01',
  term: '12',
  minCommit: '1800',
  ...over,
});
const product = (over: Partial<ProductEntry> = {}): ProductEntry => ({
  code: 'CORE',
  name: 'Core',
  category: 'Compute',
  family: 'RENT',
  uom: 'GB vRAM',
  ppu: '4.5',
  ...over,
});
const list = (over: Partial<PriceListEntry> = {}): PriceListEntry => ({
  currency: 'USD',
  version: 'USD-1',
  validFrom: '2026-11',
  prices: [{ sku: 'S-1800', listPrice: '0.88' }],
  ...over,
});
const load = (over: Partial<CatalogueLoad> = {}): CatalogueLoad => ({
  families: [],
  skus: [],
  products: [],
  priceLists: [],
  ...over,
});
const FULL = load({ families: [family()], skus: [sku()], products: [product()], priceLists: [list()] });

function check(what: CatalogueLoad, over: Partial<LoadSetting> = {}) {
  let last = 0;
  const newId = () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
  return checkLoad(what, { content: NOTHING, priceLists: [], lastFrozen: undefined, newId, ...over });
}

/** The catalogue a load makes. */
function made(what: CatalogueLoad, over: Partial<LoadSetting> = {}) {
  const result = check(what, over);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.checked;
}

/** What is wrong with a load: "path: message". */
function faults(what: CatalogueLoad, over: Partial<LoadSetting> = {}): string[] {
  const result = check(what, over);
  return result.ok ? [] : result.faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** A load with the family, and others that name it. */
const withFamily = (over: Partial<CatalogueLoad>) => load({ families: [family()], ...over });

test('a load into an empty catalogue makes it, with ids for what has none', () => {
  const { content, priceLists, counts } = made(FULL);
  expect(content).toEqual({
    families: [{ id: expect.stringMatching(/1$/), code: 'RENT', name: 'Rental', description: '', type: 'RENTAL' }],
    skus: [
      {
        id: expect.stringMatching(/2$/),
        code: 'S-1800',
        family: 'RENTAL',
        contractType: 'PAY-GO',
        minimumPoints: points('1800'),
        bolDate: '2026-01',
        termMonths: 12,
        discount: 0n,
        commitType: 'MONTHLY',
        commitValue: 0,
      },
    ],
    products: [
      {
        id: expect.stringMatching(/3$/),
        code: 'CORE',
        name: 'Core',
        category: 'Compute',
        family: 'RENTAL',
        uom: 'GB vRAM',
        pointsPerUnit: pointsPerUnit('4.5'),
      },
    ],
  });
  expect(priceLists).toEqual([
    { currency: 'USD', version: 'USD-1', validFrom: '2026-11', prices: { 'S-1800': { listPrice: unitPrice('0.88') } } },
  ]);
  expect(Object.values(counts)).toEqual(Array(4).fill({ created: 1, changed: 0, unchanged: 0 }));
});

test('the same load again changes nothing, whatever was frozen since, and keeps the ids', () => {
  const first = made(FULL);
  const again = made(FULL, { content: first.content, priceLists: first.priceLists, lastFrozen: period('2027-05') });
  expect(again.content).toEqual(first.content);
  expect(again.priceLists).toEqual([]);
  expect(Object.values(again.counts)).toEqual(Array(4).fill({ created: 0, changed: 0, unchanged: 1 }));
});

test('names may change, what charges depend on may not', () => {
  const { content } = made(FULL);
  const renamed = made(load({ products: [product({ name: 'Core 2', category: 'Other' })] }), { content });
  expect(renamed.content.products).toMatchObject([{ id: content.products[0]?.id, name: 'Core 2' }]);
  expect(renamed.counts.products).toEqual({ created: 0, changed: 1, unchanged: 0 });
  const result = check(
    load({
      families: [family({ type: 'ISV' })],
      skus: [sku({ minCommit: '2000', eolDate: '2027-01' })],
      products: [product({ ppu: '5', uom: 'VM', tiers: [{ from: '0', ppu: '5' }] })],
    }),
    { content },
  );
  expect(result.ok ? [] : result.faults.map(({ path, conflict }) => [path.join('.'), conflict])).toEqual([
    ['families.0.type', 'CATALOGUE_ENTRY_FIXED'],
    ['skus.0.family', 'CATALOGUE_ENTRY_FIXED'],
    ['skus.0.minCommit', 'CATALOGUE_ENTRY_FIXED'],
    ['products.0.family', 'CATALOGUE_ENTRY_FIXED'],
    ['products.0.uom', 'CATALOGUE_ENTRY_FIXED'],
    ['products.0.ppu', 'CATALOGUE_ENTRY_FIXED'],
    ['products.0.tiers', 'CATALOGUE_ENTRY_FIXED'],
  ]);
});

test('everything that is wrong is named at once', () => {
  expect(
    faults(
      load({
        families: [family({ type: 'DEFAULT' }), family({ code: 'OTHER', name: ' ' })],
        skus: [sku({ bolDate: '2026-13', term: '0' }), sku({ family: 'NONE', commitType: 'ANNUAL' })],
        products: [product({ code: '__proto__' }), product({ ppu: '1,5' }), product({ uom: '' })],
        priceLists: [list({ currency: 'XXX', prices: [{ sku: 'MISSING', listPrice: '-1' }] })],
      }),
    ),
  ).toEqual([
    `families.0.type: must be one of ${FAMILY_TYPES.join(', ')}`,
    'families.1.name: must be text of at most 200 characters in one line, without spaces at its ends',
    'skus.0.bolDate: must be a month, YYYY-MM',
    'skus.0.term: must be a whole number from 1 to 120',
    'skus.1.family: there is no product family NONE',
    "skus.1.commitType: ANNUAL isn't taken: there is no rule to charge it by",
    'skus.1.code: is in this load twice: S-1800',
    'products.0.code: must be 1 to 40 letters, digits, dots, hyphens or underscores',
    'products.1.ppu: must be a number of 0 or more, written like 12.5, with at most 12 digits and 4 decimals',
    'products.2.uom: is needed',
    'products.2.code: is in this load twice: CORE',
    'priceLists.0.currency: is no currency of ISO 4217: XXX',
    'priceLists.0.prices.0.sku: there is no SKU MISSING',
    'priceLists.0.prices.0.listPrice: must be a number of 0 or more, written like 12.5, with at most 12 digits and 6 decimals',
  ]);
});

test('a family has exactly the contract types of the table', () => {
  for (const type of FAMILY_TYPES) {
    const taken = (['PAY-GO', 'PRE-PAY', 'CUSTOM'] as const).filter(
      (contractType) =>
        faults(load({ families: [family({ type })], skus: [sku({ contractType, minCommit: '0' })] })).length === 0,
    );
    expect([type, taken]).toEqual([type, CONTRACT_TYPES_OF[type]]);
  }
});

test('minimums and discounts are where a SKU can have them', () => {
  const of = (type: string, over: Partial<SkuEntry>) =>
    faults(load({ families: [family({ type })], skus: [sku(over)] }));
  expect(of('RENTAL', { contractType: 'CUSTOM' })).toEqual([
    'skus.0.minCommit: must be 0: CUSTOM contracts have minimums of their own',
  ]);
  expect(of('VELO', {})).toEqual(['skus.0.minCommit: must be 0: PAY-GO contracts of this family have no minimum']);
  expect(of('MSP', {})).toEqual([]);
  expect(of('RENTAL', { discount: '5' })).toEqual(['skus.0.discount: must be 0: PAY-GO has no discount']);
  expect(of('RENTAL', { contractType: 'CUSTOM', minCommit: '0', discount: '12.5' })).toEqual([]);
  expect(of('RENTAL', { contractType: 'CUSTOM', minCommit: '0', discount: '100.0001' })).toEqual([
    'skus.0.discount: must be at most 100',
  ]);
  expect(of('RENTAL', { eolDate: '2025-12' })).toEqual(['skus.0.eolDate: is before bolDate']);
});

test('a family charged in money has products without points and tiers', () => {
  const msp = (over: Partial<ProductEntry>) =>
    load({ families: [family({ type: 'MSP' })], products: [product({ ppu: undefined, ...over })] });
  expect(made(msp({})).content.products).toMatchObject([{ pointsPerUnit: 0n }]);
  expect(faults(msp({ ppu: '1', tiers: [{ from: '0', ppu: '1' }] }))).toEqual([
    'products.0.ppu: must be 0 or absent: the family is charged in money',
    'products.0.tiers: must be absent: the family is charged in money',
  ]);
});

test('tiers are read, and each fault of them is named', () => {
  const tiered = (tiers: ProductEntry['tiers']) => withFamily({ products: [product({ tiers })] });
  const good = made(
    tiered([
      { from: '0', to: '100.5', ppu: '3', split: '0.5' },
      { from: '100.5', ppu: '2' },
    ]),
  );
  expect(good.content.products[0]?.tiers).toEqual([
    { from: 0n, to: 100_500_000n, pointsPerUnit: pointsPerUnit('3'), split: 5_000n },
    { from: 100_500_000n, pointsPerUnit: pointsPerUnit('2'), split: 10_000n },
  ]);
  expect(
    faults(
      tiered([
        { from: '0', to: '10', ppu: '3' },
        { from: '11', to: 'x', ppu: '' },
      ]),
    ),
  ).toEqual([
    'products.0.tiers.1.to: must be a number of 0 or more, written like 12.5, with at most 12 digits and 6 decimals',
    'products.0.tiers.1.ppu: is needed',
  ]);
  expect(faults(tiered([{ from: '0', to: '10', ppu: '3' }]))).toEqual([
    'products.0.tiers: tier 1, the last, has an upper end: usage above it would be free',
  ]);
});

test('a type has one family, an id one entry', () => {
  expect(faults(load({ families: [family(), family({ code: 'RENT-2' })] }))).toEqual([
    'families.0.type: is that of RENT-2: a type has one family',
    'families.1.type: is that of RENT: a type has one family',
  ]);
  const id = '11111111-1111-4111-8111-111111111111';
  expect(made(withFamily({ skus: [sku({ id })] })).content.skus[0]?.id).toBe(id);
  expect(faults(withFamily({ skus: [sku({ id }), sku({ id, code: 'S-2' })] }))).toEqual([
    'skus.1.id: is the id of S-1800',
  ]);
  const { content } = made(withFamily({ skus: [sku()] }));
  expect(faults(load({ skus: [sku({ id })] }), { content })).toEqual([
    "skus.0.id: of S-1800 can't be changed, charges depend on it: load what is different under another code",
  ]);
  expect(faults(withFamily({ skus: [sku({ id: 'no uuid' })] }))).toEqual([
    'skus.0.id: must be a UUID in small letters',
  ]);
});

test('names in other scripts, right to left and with emoji are taken as they are; broken ones are not', () => {
  const names = ['مرکز داده ۲', 'שרת ענן', '仮想サーバー', 'Core 🚀👩‍👩‍👧', 'Ångström & Söhne "GmbH", <b>'];
  const products = names.map((name, index) => product({ code: `P-${index}`, name }));
  expect(made(withFamily({ products })).content.products.map(({ name }) => name)).toEqual(names);
  for (const name of ['a\nb', 'a\u0000', '\ud83d', ' a', 'x'.repeat(201)]) {
    expect(faults(withFamily({ products: [product({ name })] }))).toHaveLength(1);
  }
});

test('a price list that is there is never changed, and none begins in what is frozen', () => {
  const { content, priceLists } = made(FULL);
  const setting = { content, priceLists, lastFrozen: period('2026-12') };
  const conflictsOf = (entry: PriceListEntry) => {
    const result = check(load({ priceLists: [entry] }), setting);
    return result.ok ? [] : result.faults.map(({ path, conflict }) => [path.join('.'), conflict]);
  };
  expect(conflictsOf(list({ prices: [{ sku: 'S-1800', listPrice: '0.89' }] }))).toEqual([
    ['priceLists.0.version', 'PRICE_LIST_EXISTS'],
  ]);
  expect(conflictsOf(list({ version: 'USD-2', validFrom: '2026-12' }))).toEqual([
    ['priceLists.0.validFrom', 'PERIOD_FROZEN'],
  ]);
  expect(conflictsOf(list({ version: 'USD-2', validFrom: '2027-01' }))).toEqual([]);
  expect(conflictsOf(list({ currency: 'EUR', validFrom: '2027-01' }))).toEqual([]);
});

test('a price list names each SKU once, has prices, and comes once', () => {
  const prices = [
    { sku: 'S-1800', listPrice: '1' },
    { sku: 'S-1800', listPrice: '2' },
  ];
  expect(faults(withFamily({ skus: [sku()], priceLists: [list({ prices }), list({ prices: [] })] }))).toEqual([
    'priceLists.0.prices.1.sku: has a price in this list already: S-1800',
    'priceLists.1.prices: are needed: a list without any would leave everything unpriced',
    'priceLists.1.version: is in this load twice: USD-1',
  ]);
});

test('the order of a load never matters to the catalogue it makes', () => {
  const codes = ['A', 'b', 'C.1', 'd-2', 'E_3'];
  const products = codes.map((code) =>
    product({ code, id: `11111111-1111-4111-8111-${code.padStart(12, '0').replace(/[^0-9a-f]/g, '0')}` }),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(products, { minLength: products.length }), (shuffled) => {
      const id = '22222222-2222-4222-8222-222222222222';
      const inOrder = load({ families: [family({ id })], products });
      expect(made({ ...inOrder, products: shuffled }).content).toEqual(made(inOrder).content);
    }),
  );
});

test('more than a catalogue can have is refused', () => {
  const priceLists = Array.from({ length: 51 }, (_, index) => list({ version: `USD-${index}` }));
  expect(faults(withFamily({ skus: [sku()], priceLists }))).toEqual([
    'priceLists.50: would be 51: at most 50 are taken',
  ]);
});

test('a SKU can be ordered from its first month to its last', () => {
  const months = ['2025-12', '2026-01', '2026-06', '2026-07'].map(period);
  const limited = { bolDate: period('2026-01'), eolDate: period('2026-06') };
  expect(months.filter((month) => isOrderableIn(limited, month))).toEqual(['2026-01', '2026-06']);
  expect(months.filter((month) => isOrderableIn({ bolDate: period('2026-01') }, month))).toHaveLength(3);
});
