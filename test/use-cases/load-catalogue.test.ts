import { period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import { PortalError } from '../../lambdas/use-cases/errors.ts';
import { type LoadPortal, loadCatalogue } from '../../lambdas/use-cases/load-catalogue.ts';
import { openPortalParts } from '../support/portal-parts.ts';

const CALLER: Caller = { userId: 'U-1', organizationId: 'VENDOR', organizationType: 'VENDOR', roles: ['Operations'] };
const NOW = new Date('2026-11-15T10:00:00.000Z');
const PRODUCTS_HEADER = 'code,name,category,family,uom,ppu,tiers\n';

let opened: Awaited<ReturnType<typeof openPortalParts>>;
let ids: number;

beforeEach(async () => {
  opened = await openPortalParts();
  ids = 0;
  await load('families', 'code,name,type\nRENT,Rental,RENTAL\n');
});
afterEach(() => opened.database.close());

const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;

/** Loads a CSV file of one kind. */
function load(
  kind: 'families' | 'skus' | 'products' | 'priceLists',
  text: string,
  { portal = opened.parts, dryRun = false }: { portal?: LoadPortal; dryRun?: boolean } = {},
) {
  return loadCatalogue(portal, { source: { csv: Buffer.from(text), kind }, dryRun, caller: CALLER, now: NOW, newId });
}

const refusal = (loading: Promise<unknown>): Promise<PortalError> =>
  loading.then(
    () => Promise.reject(new Error('was loaded')),
    (error) => (error instanceof PortalError ? error : Promise.reject(error)),
  );

const manyProducts = (count: number, points = '4.5') =>
  PRODUCTS_HEADER +
  Array.from(
    { length: count },
    (_, n) => `P-${String(n).padStart(5, '0')},Product ${n},Many,RENT,GB,${points},\n`,
  ).join('');

const codes = async () => (await opened.parts.catalogue.current()).products.map(({ code }) => code);

const run: CloseRun = {
  name: '2026-11-1',
  period: period('2026-11'),
  run: 1,
  status: 'RUNNING',
  invoiceDate: plainDate('2026-12-10'),
  dryRun: false,
  claimedTime: NOW.toISOString(),
};

test('a file with many errors is refused with every one, by line and column, and nothing of it is loaded', async () => {
  const error = await refusal(
    load(
      'products',
      `${PRODUCTS_HEADER}GOOD,Good,Many,RENT,GB,1,\nTWIN,A,Many,RENT,GB,1,\nTWIN,B,Many,RENT,GB,1,\nX,X,Many,NONE,GB,one,\n` +
        'SHORT,S\nT,Tiers,Many,RENT,GB,1,0-10: 1; 11-: 2\nU,Tiers,Many,RENT,GB,1,bad\n',
    ),
  );
  expect(error.code).toBe('BAD_REQUEST');
  expect(error.message).toBe('Nothing was loaded: line 6 has 2 cells, but the header has 7, and 5 more');
  expect(error.errors.map(({ field, message }) => `${field}: ${message.slice(0, 40)}`)).toEqual([
    'line 6: has 2 cells, but the header has 7',
    'line 8, column tiers: "bad" is no tier: write tiers like 0-50:',
    'line 4, column code: is in this load twice: TWIN',
    'line 5, column family: there is no product family NONE',
    'line 5, column ppu: must be a number of 0 or more, written l',
    "line 7, column tiers: tier 2 doesn't begin where the one befor",
  ]);
  expect(await codes()).toEqual([]);
});

test('a row out of form keeps the good ones beside it from being loaded', async () => {
  const error = await refusal(load('products', `${PRODUCTS_HEADER}GOOD,Good,Many,RENT,GB,1,\nSHORT,S\n`));
  expect(error.errors).toEqual([{ field: 'line 3', message: 'has 2 cells, but the header has 7' }]);
  expect(await codes()).toEqual([]);
});

test('a file that is no CSV names the file and its line', async () => {
  const error = await refusal(load('products', `${PRODUCTS_HEADER}A,"b" c,d,e,f,1,\n`));
  expect([error.code, error.errors[0]?.field]).toEqual(['BAD_REQUEST', 'line 2']);
});

test('a dry run says what a load would do, and does not do it', async () => {
  expect(await load('products', manyProducts(3), { dryRun: true })).toMatchObject({ products: { created: 3 } });
  expect(await codes()).toEqual([]);
});

test('5,000 products are loaded at once, keep their ids when loaded again, and are in the audit trail', async () => {
  expect(await load('products', manyProducts(5_000))).toMatchObject({ products: { created: 5_000 } });
  const first = await opened.parts.catalogue.current();
  expect(first.products).toHaveLength(5_000);
  expect(await load('products', manyProducts(5_000))).toMatchObject({ products: { created: 0, unchanged: 5_000 } });
  expect(await opened.parts.catalogue.current()).toEqual(first);
  const audited = [];
  for await (const item of opened.table.query('AUDIT#CATALOGUE')) audited.push([item.actor, item.action, item.reason]);
  expect(audited).toEqual([
    ['U-1', 'loadCatalogue', 'families: 1 new, 0 changed'],
    ['U-1', 'loadCatalogue', 'products: 5000 new, 0 changed'],
  ]);
}, 60_000);

test('a load that was cut off in the middle is never seen in part, and is whole when repeated', async () => {
  await load('products', manyProducts(2));
  const { catalogue } = opened.parts;
  const dying: LoadPortal = {
    ...opened.parts,
    catalogue: {
      ...catalogue,
      stage: async (id, content) => {
        await catalogue.stage(id, { ...content, products: content.products.slice(0, 60) });
        throw new Error('the power is gone');
      },
    },
  };
  await expect(load('products', manyProducts(120), { portal: dying })).rejects.toThrow('the power is gone');
  expect(await codes()).toEqual(['P-00000', 'P-00001']);
  expect(await load('products', manyProducts(120))).toMatchObject({ products: { created: 118, unchanged: 2 } });
  expect(await codes()).toHaveLength(120);
});

test('of two loads at once both are in, one after the other', async () => {
  const { catalogue } = opened.parts;
  let raced = false;
  const slow: LoadPortal = {
    ...opened.parts,
    catalogue: {
      ...catalogue,
      stage: async (id, content) => {
        await catalogue.stage(id, content);
        if (!raced) await load('products', `${PRODUCTS_HEADER}OTHER,Other,Many,RENT,GB,1,\n`);
        raced = true;
      },
    },
  };
  await load('products', `${PRODUCTS_HEADER}MINE,Mine,Many,RENT,GB,1,\n`, { portal: slow });
  expect(await codes()).toEqual(['MINE', 'OTHER']);
});

const SKUS = 'code,family,contractType,bolDate,term,minCommit\nS-1800,RENT,PAY-GO,2026-01,12,1800\n';
const prices = (version: string, from: string, price = '0.88') =>
  `currency,version,validFrom,sku,listPrice\nUSD,${version},${from},S-1800,${price}\n`;

test('a version of a price list may come again as it is, never changed', async () => {
  await load('skus', SKUS);
  await load('priceLists', prices('V1', '2026-12'));
  expect(await load('priceLists', prices('V1', '2026-12'))).toMatchObject({ priceLists: { unchanged: 1 } });
  const error = await refusal(load('priceLists', prices('V1', '2026-12', '0.89')));
  expect([error.code, error.errors[0]?.field]).toEqual(['PRICE_LIST_EXISTS', 'line 2, column version']);
  expect((await opened.parts.catalogue.priceLists()).map(({ prices }) => prices['S-1800']?.listPrice)).toEqual([
    880_000n,
  ]);
});

test('no price list begins in a period a close was started for, also one that is started meanwhile', async () => {
  await load('skus', SKUS);
  const { closes, units } = opened.parts;
  let claimed = false;
  const racing: LoadPortal = {
    ...opened.parts,
    closes: {
      ...closes,
      periods: async () => {
        const periods = await closes.periods();
        if (!claimed) await units.commit(closes.claimed(run, undefined, undefined));
        claimed = true;
        return periods;
      },
    },
  };
  const meanwhile = await refusal(load('priceLists', prices('V1', '2026-11'), { portal: racing }));
  expect([meanwhile.code, meanwhile.errors[0]?.field]).toEqual(['PERIOD_FROZEN', 'line 2, column validFrom']);
  expect((await refusal(load('priceLists', prices('V1', '2026-11')))).code).toBe('PERIOD_FROZEN');
  expect(await load('priceLists', prices('V1', '2026-12'))).toMatchObject({ priceLists: { created: 1 } });
});

test('a price without a SKU is refused; with something merely wrong beside a conflict, it is a bad request', async () => {
  await load('skus', SKUS);
  await load('priceLists', prices('V1', '2026-12'));
  const mixed = `${prices('V1', '2026-12', '0.5')}USD,V2,2026-12,NONE,1\n`;
  const error = await refusal(load('priceLists', mixed));
  expect(error.code).toBe('BAD_REQUEST');
  expect(error.errors).toEqual([
    { field: 'line 2, column version', message: expect.stringContaining('load another version') },
    { field: 'line 3, column sku', message: 'there is no SKU NONE' },
  ]);
});
