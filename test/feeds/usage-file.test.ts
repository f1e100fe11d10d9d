import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { csv } from '../../lambdas/documents/csv.ts';
import { csvRows } from '../../lambdas/feeds/csv-rows.ts';
import { readUsageFile, type UsageFileForm, type UsagePart } from '../../lambdas/feeds/usage-file.ts';

const NEEDED = ['product', 'quantity'] as const;

async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (bytes: Uint8Array | string, form: UsageFileForm = 'CSV', size?: number): Promise<UsagePart[]> =>
  Array.fromAsync(readUsageFile(pieces(Buffer.from(bytes as Uint8Array), size), form, NEEDED));

const usagesIn = (parts: readonly UsagePart[]) => parts.flatMap((part) => ('usage' in part ? [part.usage] : []));
const faultsIn = (parts: readonly UsagePart[]) => parts.flatMap((part) => ('fault' in part ? [part.fault] : []));

type Cell = string | { number: string } | { formula: string } | { shared: number } | undefined;

const FRAME = {
  'xl/workbook.xml': '<workbook><sheets><sheet name="Any" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
};
const PARTS = Object.fromEntries(Object.entries(FRAME).map(([path, text]) => [path, strToU8(text)]));

/** A workbook of one sheet. */
function workbook(rows: readonly (readonly Cell[])[], parts: Record<string, string> = {}): Uint8Array {
  const cellXml = (cell: Cell, reference: string): string => {
    if (cell === undefined) return '';
    if (typeof cell === 'string') return `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    if ('number' in cell) return `<c r="${reference}"><v>${cell.number}</v></c>`;
    if ('shared' in cell) return `<c r="${reference}" t="s"><v>${cell.shared}</v></c>`;
    return `<c r="${reference}"><f>${cell.formula}</f><v>1</v></c>`;
  };
  const rowXml = (cells: readonly Cell[], row: number) =>
    `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, `${String.fromCharCode(65 + at)}${row + 1}`)).join('')}</row>`;
  const files = {
    ...FRAME,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

const sheet = (rows: string): Uint8Array =>
  workbook([], { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>` });

const TABLE = 'Product Code,Quantity\r\nCORE,1.5\r\n';
const utf16 = (text: string, bigEndian: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test.each<[string, Uint8Array | string, UsageFileForm]>([
  ['CSV', TABLE, 'CSV'],
  ['CSV with semicolons', TABLE.replaceAll(',', ';'), 'CSV'],
  ['TSV', TABLE.replaceAll(',', '\t'), 'TSV'],
  ['CSV with a byte order mark', `\ufeff${TABLE}`, 'CSV'],
  ['CSV in UTF-16, little end first', utf16(TABLE, false), 'CSV'],
  ['CSV in UTF-16, big end first', utf16(TABLE, true), 'CSV'],
  ['gzipped CSV', gzipSync(TABLE), 'CSV'],
  ['gzipped CSV in UTF-16', gzipSync(utf16(TABLE, false)), 'CSV'],
  [
    'XLSX',
    workbook([
      ['Product Code', 'Quantity'],
      ['CORE', { number: '1.5' }],
    ]),
    'XLSX',
  ],
])('%s is read', async (_name, bytes, form) => {
  for (const size of [1, 7, 100_000]) {
    const parts = await read(bytes, form, size);
    expect(parts[0]).toEqual({ header: { names: { product: 'Product Code', quantity: 'Quantity' }, ignored: [] } });
    expect(usagesIn(parts)).toMatchObject([{ row: 2, cells: { product: 'CORE', quantity: '1.5', site: '' } }]);
    expect(faultsIn(parts)).toEqual([]);
  }
});

test('columns go by several names in any order and case; others are passed over, empty rows too', async () => {
  const parts = await read('UNITS;comment-s;Site_Name;Colour;sku;Month\n2;hello;West;red;CORE;2026-10\n;;;;;\n');
  expect(parts).toEqual([
    { header: { names: expect.objectContaining({ quantity: 'UNITS', site: 'Site_Name' }), ignored: ['Colour'] } },
    {
      usage: {
        row: 2,
        cells: expect.objectContaining({ product: 'CORE', usagePeriod: '2026-10', comment: 'hello' }),
        unread: new Set(),
      },
    },
  ]);
});

test.each<[string, string, RegExp]>([
  ['a missing column', 'product,site\nCORE,West\n', /quantity.*is missing/],
  ['a column twice', 'product,code,quantity\nA,B,1\n', /code.*is in the header twice/],
  ['a million columns', `${'a,'.repeat(1_000_000)}\n1\n`, /longer than/],
  ['300 columns', `product,quantity,${'a,'.repeat(300)}\nA,1\n`, /more than 200 columns/],
  ['nothing below the header', 'product,quantity\n', /nothing below/],
  ['a NUL byte', 'product,quantity\nCO\u0000RE,1\n', /control character/],
  ['a cell of 600 characters', `product,quantity\n${'A'.repeat(600)},1\n`, /more than 500 characters/],
  ['more cells than columns', 'product,quantity\nA,1,x\n', /has 3 cells/],
  ['a quote that is never closed', 'product,quantity\n"A,1\n', /quoted cell/],
])('%s is refused with its row and reason', async (_name, text, reason) => {
  const told = await read(text).then(
    (parts) => faultsIn(parts).map(({ row, column = '', message }) => `${row} ${column} ${message}`),
    (error: Error) => [error.message],
  );
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(reason);
});

test.each<[string, Uint8Array, UsageFileForm, RegExp]>([
  ['no file at all', Buffer.alloc(0), 'CSV', /is empty/],
  ['a truncated gzip', gzipSync(TABLE.repeat(100)).subarray(0, 40), 'CSV', /cut off/],
  ['a damaged gzip', Buffer.concat([gzipSync(TABLE).subarray(0, 12), Buffer.alloc(20, 7)]), 'CSV', /damaged/],
  ['bytes that are no text', Buffer.from([0x41, 0xc3, 0x28, 0x0a]), 'CSV', /no UTF-8/],
  ['an XLSX that is none', Buffer.from(TABLE), 'XLSX', /no XLSX workbook/],
  ['a cut XLSX', workbook([['product']]).subarray(0, 200), 'XLSX', /no XLSX workbook/],
  ['rows with one number twice', sheet('<row r="2"/><row r="2"/>'), 'XLSX', /not numbered one after the other/],
  ['a row whose number is none', sheet('<row r="x"/>'), 'XLSX', /not numbered one after the other/],
  ['a workbook without a sheet', workbook([], { 'xl/workbook.xml': '<workbook/>' }), 'XLSX', /has no sheet/],
  [
    'a workbook with entities of its own',
    workbook([], { 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook><sheet name="&a;"/></workbook>' }),
    'XLSX',
    /document type/,
  ],
])('%s is refused', async (_name, bytes, form, reason) => {
  await expect(read(bytes, form, 10_000)).rejects.toThrow(reason);
});

test('a formula is refused with its cell, an unused one is passed over', async () => {
  const parts = await read(
    workbook([
      ['product', 'quantity', 'total'],
      ['CORE', { formula: 'A1+1' }, { formula: 'B2' }],
      ['CORE', { number: '2' }, { formula: 'B3' }],
    ]),
    'XLSX',
  );
  expect(faultsIn(parts)).toEqual([{ row: 2, column: 'quantity', message: expect.stringContaining('is a formula') }]);
  expect(usagesIn(parts)).toMatchObject([
    { row: 2, unread: new Set(['quantity']) },
    { row: 3, unread: new Set() },
  ]);
});

test('numbers of a workbook are the decimals that were typed, shared texts are found', async () => {
  const strings = '<sst><si><t>CORE</t></si><si><r><t>Two </t></r><r><t>runs</t></r><rPh><t>x</t></rPh></si></sst>';
  const typed = ['1.1000000000000001', '0.1', '12345678.123456', '100', '1E+30'];
  const rows = typed.map((number) => [{ shared: 0 }, { number }, { shared: 1 }]);
  const bytes = workbook([['product', 'quantity', 'comment'], ...rows], { 'xl/sharedStrings.xml': strings });
  const usages = usagesIn(await read(bytes, 'XLSX'));
  expect(usages.map(({ cells }) => cells.quantity)).toEqual(['1.1', '0.1', '12345678.123456', '100', '1E+30']);
  expect(usages[0]?.cells).toMatchObject({ product: 'CORE', comment: 'Two runs' });
});

/** A workbook whose sheet says that it has 160 MB and a byte, as a bomb's would. */
function hugeSheet(): Uint8Array {
  const length = 54_321;
  const bytes = Buffer.from(zipSync({ ...PARTS, 'xl/worksheets/sheet1.xml': Buffer.alloc(length, 32) }));
  const [told, huge] = [length, 160_000_001].map((size) => {
    const field = Buffer.alloc(4);
    field.writeUInt32LE(size);
    return field;
  }) as [Buffer, Buffer];
  for (let at = bytes.indexOf(told); at >= 0; at = bytes.indexOf(told, at)) huge.copy(bytes, at);
  return bytes;
}

test.each<[string, () => Uint8Array, UsageFileForm, RegExp]>([
  ['rows', () => gzipSync(`product,quantity\n${'A,1\n'.repeat(200_001)}`), 'CSV', /more than 200000 rows/],
  ['empty lines', () => gzipSync('\n'.repeat(1_100_000)), 'CSV', /more than 1000000 lines/],
  ['sheet', hugeSheet, 'XLSX', /unzips to more than 160 MB/],
])('a small file that unzips to too many %s is refused', async (_name, made, form, reason) => {
  const bytes = made();
  expect(bytes.length).toBeLessThan(2_000_000);
  await expect(read(bytes, form, 65_536)).rejects.toThrow(reason);
});

test('text is read to its limit and no further, however small the file', async () => {
  const bytes = gzipSync(`a\n${'b\n'.repeat(1_000)}`);
  const rows = (mostBytes: number) => Array.fromAsync(csvRows(pieces(bytes), 'the file', { mostBytes }));
  expect(await rows(2_002)).toHaveLength(1_001);
  await expect(rows(2_001)).rejects.toThrow(/more text than is taken/);
});

test('what a CSV or TSV of the portal keeps from being computed is read as it is', async () => {
  const names = ['=1+1', '+A', '-West', '@x', "'=quoted", "''-", "O'Neill", "'plain'", '-5', "'"];
  for (const [form, delimiter] of [
    ['CSV', ','],
    ['TSV', '\t'],
  ] as const) {
    const columns = [
      { name: 'Product', value: () => 'CORE' },
      { name: 'Quantity', value: () => '1' },
      { name: 'Customer', value: (name: string) => name },
    ];
    const usages = usagesIn(await read(csv(columns, names, delimiter), form));
    expect(usages.map(({ cells }) => cells.customer)).toEqual(names);
  }
});
