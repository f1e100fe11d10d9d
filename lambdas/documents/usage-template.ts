import { strToU8, zipSync } from 'fflate';
import { type CsvColumn, csv } from './csv.ts';

/** A row of a template: its cells in the order of the columns. */
export type TemplateRow = readonly string[];

/** A template as CSV. */
export function templateCsv(columns: readonly string[], rows: readonly TemplateRow[]): Uint8Array {
  const cells = columns.map((name, at): CsvColumn<TemplateRow> => ({ name, value: (row) => row[at] }));
  return Buffer.from(csv(cells, rows));
}

/**
 * A template as a workbook of one sheet, "Usage". All cells are text, also the empty ones, so that no program makes a date of
 * 2026-10. Written part by part: a library would be a sixth of the API function that has it, which has to start fast.
 */
export function templateXlsx(columns: readonly string[], rows: readonly TemplateRow[]): Uint8Array {
  const sheet = [columns, ...rows].map((row) => `<row>${row.map(cellXml).join('')}</row>`).join('');
  const widths = `<cols><col min="1" max="${columns.length}" width="20" style="1" customWidth="1"/></cols>`;
  const parts = {
    ...FRAME,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}">${widths}<sheetData>${sheet}</sheetData></worksheet>`,
  };
  const files = Object.entries(parts).map(([path, xml]) => [path, strToU8(`${XML}${xml}`)] as const);
  // A fixed date, so that the same template has the same bytes.
  return zipSync(Object.fromEntries(files), { mtime: '2020-01-01T00:00:00Z' });
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SCHEMAS = 'http://schemas.openxmlformats.org';
const MAIN = `${SCHEMAS}/spreadsheetml/2006/main`;
const RELATION = `${SCHEMAS}/officeDocument/2006/relationships`;
const RELATIONS = `${SCHEMAS}/package/2006/relationships`;
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Style 1 is text: number format 49, "@". */
const STYLES =
  '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>';

const FRAME = {
  '[Content_Types].xml':
    `<Types xmlns="${SCHEMAS}/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${CONTENT}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATION}"><sheets><sheet name="Usage" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="r2" Type="${RELATION}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${STYLES}</styleSheet>`,
};

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function cellXml(text: string): string {
  if (text === '') return '<c s="1"/>';
  const escaped = text.replace(/[&<>]/g, (character) => ESCAPED[character] ?? '');
  return `<c s="1" t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`;
}
