import { gzipSync } from 'node:zlib';
import type { LoadKind } from '../../lambdas/domain/catalogue/load.ts';
import { CATALOGUE_COLUMNS } from '../../lambdas/feeds/catalogue-columns.ts';
import { readCatalogueCsv } from '../../lambdas/feeds/catalogue-csv.ts';

async function* pieces(bytes: Uint8Array | string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(bytes);
}

const read = (text: string | Uint8Array, kind: LoadKind = 'products') => readCatalogueCsv(pieces(text), kind);

test('products are read by the names of their columns, in any order, an empty cell as nothing', async () => {
  const { load, faults, placeOf } = await read(
    '\ufeffuom,code,name,category,family,ppu,tiers,id\r\n' +
      'GB,STOR,"Storage ""S"",\nlarge",Disk,RENT,14.4,"0-50: 14.4*0.5; 50 - 200:14.4 ;200-:11.2",\r\n' +
      'VM,مخزن,仮想🚀,Disk,RENT,,,\r\n',
  );
  expect(faults).toEqual([]);
  const stor = {
    code: 'STOR',
    name: 'Storage "S",\nlarge',
    category: 'Disk',
    family: 'RENT',
    uom: 'GB',
    ppu: '14.4',
    id: '',
  };
  expect(load.products).toEqual([
    {
      ...stor,
      tiers: [
        { from: '0', to: '50', ppu: '14.4', split: '0.5' },
        { from: '50', to: '200', ppu: '14.4' },
        { from: '200', to: '', ppu: '11.2' },
      ],
    },
    { code: 'مخزن', name: '仮想🚀', category: 'Disk', family: 'RENT', uom: 'VM', ppu: '', id: '' },
  ]);
  // The first product's name goes over two lines.
  expect(placeOf(['products', 0, 'tiers', 2, 'ppu'])).toEqual({ line: 3, column: 'tiers' });
  expect(placeOf(['products', 1, 'code'])).toEqual({ line: 4, column: 'code' });
});

test('the prices of a list stand a row each, in one list wherever they stand', async () => {
  const header = 'currency,version,validFrom,sku,listPrice,overagePrice\n';
  const { load, faults, placeOf } = await read(
    `${header}USD,1,2026-10,A,0.88,0.9\nEUR,1,2026-10,A,0.8,\nUSD,1,2026-10,B,0.7,\nUSD,1,2026-11,C,0.7,\n`,
    'priceLists',
  );
  expect(load.priceLists).toEqual([
    {
      currency: 'USD',
      version: '1',
      validFrom: '2026-10',
      prices: [
        { sku: 'A', listPrice: '0.88', overagePrice: '0.9' },
        { sku: 'B', listPrice: '0.7', overagePrice: '' },
        { sku: 'C', listPrice: '0.7', overagePrice: '' },
      ],
    },
    { currency: 'EUR', version: '1', validFrom: '2026-10', prices: [{ sku: 'A', listPrice: '0.8', overagePrice: '' }] },
  ]);
  expect(faults).toEqual([
    { line: 5, column: 'validFrom', message: "is 2026-11, but 2026-10 in the list's first row (line 2)" },
  ]);
  expect(placeOf(['priceLists', 0, 'prices', 1, 'sku'])).toEqual({ line: 4, column: 'sku' });
  expect(placeOf(['priceLists', 1, 'version'])).toEqual({ line: 3, column: 'version' });
});

test('every row that is out of form is named with its line, and the others are read', async () => {
  const { load, faults } = await read(
    'code,name,category,family,uom,tiers\nA,a,c,F,u,0-1\nB,b,c,F\nC,c,c,F,u,0-: 1\nD,d,c,F,u,0-:1;x,\n',
  );
  expect(faults).toEqual([
    { line: 3, message: 'has 4 cells, but the header has 6' },
    { line: 5, message: 'has 7 cells, but the header has 6' },
    { line: 2, column: 'tiers', message: '"0-1" is no tier: write tiers like 0-50: 14.4*0.5; 50-: 11.2' },
  ]);
  expect(load.products.map(({ code }) => code)).toEqual(['A', 'C']);
});

test('a header that is wrong is named whole, and nothing is read by it', async () => {
  const { load, faults } = await read('code,name,code,points\nA,a,A,1\n');
  expect(load.products).toEqual([]);
  expect(faults.map(({ line, column, message }) => `${line} ${column} ${message.split(':')[0]}`)).toEqual([
    '1 category is missing in the header',
    '1 family is missing in the header',
    '1 uom is missing in the header',
    '1 code is in the header twice',
    '1 points is not known',
  ]);
});

test('a file that is empty, has a header alone, or is no CSV says so', async () => {
  await expect(read('')).rejects.toThrow('the file: is empty');
  expect((await read('code,name,category,family,uom\n')).faults).toEqual([
    { line: 1, message: 'there is nothing below the header' },
  ]);
  await expect(read('code,name\nA,"b\n')).rejects.toThrow('the file ends within a quoted cell');
  await expect(read(Buffer.from([0x63, 0xff, 0xfe]))).rejects.toThrow('is no UTF-8 text');
});

test('a file that is much longer than it looks is not read to its end', async () => {
  const header = CATALOGUE_COLUMNS.families.needed.join(',');
  const rows = gzipSync(`${header}\n${'A,b,RENTAL\n'.repeat(60_000)}`);
  expect(rows.length).toBeLessThan(5_000);
  await expect(read(rows, 'families')).rejects.toThrow('is longer than 50000 rows');
});
