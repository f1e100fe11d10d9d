import * as z from 'zod';
import { pageOf } from '../../lambdas/manifest/routes/common.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { listCsv } from '../../lambdas/runtime/list-csv.ts';

const Row = z.strictObject({
  id: z.string(),
  sku: z.strictObject({ code: z.string(), family: z.strictObject({ name: z.string() }).optional() }).nullable(),
  price: z.number().meta({ description: 'of a point' }).optional(),
  active: z.boolean().default(true),
  minCommits: z.array(z.number()).readonly().optional(),
  contacts: z.array(z.strictObject({ name: z.string() })).optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
const Page = pageOf(Row).meta({ id: 'PageOfTestRow' });
const HEAD = 'id,sku.code,sku.family.name,price,active,minCommits,contacts,tags';

test('an empty list has its columns', () => expect(listCsv(Page, { content: [] })).toBe(`${HEAD}\r\n`));

test('members of objects are columns, arrays one cell, absent values empty', () => {
  const content = [
    {
      id: '1',
      sku: { code: 'VSPP3', family: { name: 'Rental, EMEA' } },
      price: 0.88,
      active: false,
      minCommits: [3, 10],
      contacts: [{ name: 'Ada' }],
      tags: { site: 'B' },
    },
    { id: '2', sku: null, active: true },
    { id: '3', sku: { code: 'X' }, active: true, minCommits: [] },
  ];
  expect(listCsv(Page, { content }).split('\r\n')).toEqual([
    HEAD,
    '1,VSPP3,"Rental, EMEA",0.88,false,3; 10,"{""name"":""Ada""}","{""site"":""B""}"',
    '2,,,,true,,,',
    '3,X,,,true,,,',
    '',
  ]);
});

test('a cell that a spreadsheet would compute gets an apostrophe, a negative number stays', () => {
  const content = [{ id: '=HYPERLINK("x")', sku: { code: '@a' }, price: -5.5, active: true, minCommits: [-1, 2] }];
  expect(listCsv(Page, { content }).split('\r\n')[1]).toBe(`"'=HYPERLINK(""x"")",'@a,,-5.5,true,'-1; 2,,`);
});

test('rows of several kinds have the columns of all', () => {
  const page = pageOf(
    z.union([z.strictObject({ id: z.string(), a: z.string() }), z.strictObject({ id: z.string(), b: z.string() })]),
  );
  const content = [
    { id: '1', a: 'x' },
    { id: '2', b: 'y' },
  ];
  expect(listCsv(page, { content })).toBe('id,a,b\r\n1,x,\r\n2,,y\r\n');
});

test('members that the schema does not name, inherited ones too, are not shown', () => {
  const page = pageOf(z.strictObject({ toString: z.string().optional(), id: z.string() }));
  expect(listCsv(page, { content: [{ id: '1', secret: 'x' }] })).toBe('toString,id\r\n,1\r\n');
});

test('what is no page is refused', () => expect(() => listCsv(Row, { content: [] })).toThrow(/no array "content"/));

test('the list of invoices is CSV as it is JSON: what an invoice lacks is an empty cell', () => {
  const { answer, example } = routes.listVendorInvoices;
  const columns = Object.keys(answer.schema.shape.content.element.shape);
  const row: Record<string, unknown> = { ...example.answer.content[0]! };
  const [head, first] = listCsv(answer.schema, example.answer).split('\r\n');
  expect(columns).toEqual(expect.arrayContaining(['number', 'net', 'corrects', 'creditedBy']));
  expect(head).toBe(columns.join(','));
  expect(first).toBe(columns.map((column) => row[column] ?? '').join(','));
});
