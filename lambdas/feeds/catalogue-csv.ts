import type {
  CatalogueLoad,
  FamilyEntry,
  LoadKind,
  LoadPath,
  PriceListEntry,
  ProductEntry,
  SkuEntry,
  TierEntry,
} from '../domain/catalogue/load.ts';
import { CATALOGUE_COLUMNS } from './catalogue-columns.ts';
import { csvRows } from './csv-rows.ts';
import { FeedError } from './feed-error.ts';

/** Something wrong in a file, by its line (the header is line 1) and where it is one cell's, its column. */
export type FeedFault = { line: number; column?: string; message: string };

export type CatalogueFile = {
  load: CatalogueLoad;
  /** What is wrong with the file's form; what it says is checked with the catalogue. */
  faults: FeedFault[];
  /** Where in the file a part of the load stands. */
  placeOf: (path: LoadPath) => { line: number; column?: string };
};

type Row = { line: number; cells: Readonly<Record<string, string>> };

// A catalogue of 20,000 products and their prices has less; what is zipped may be much longer than it looks.
const MOST_ROWS = 50_000;
const MOST_CHARACTERS = 20_000_000;

/**
 * Reads a CSV file of one kind of catalogue entries, with a header that names its columns in any order. An empty cell is
 * an absent value. Prices stand a row each, those of a list with the same currency, version and first month.
 *
 * @throws FeedError when the file is no CSV at all, or too long
 */
export async function readCatalogueCsv(bytes: AsyncIterable<Uint8Array>, kind: LoadKind): Promise<CatalogueFile> {
  const faults: FeedFault[] = [];
  const rows: Row[] = [];
  let header: readonly string[] | undefined;
  let characters = 0;
  for await (const { record, info } of csvRows(bytes, 'the file')) {
    characters += record.reduce((sum, cell) => sum + cell.length, 0);
    if (rows.length === MOST_ROWS || characters > MOST_CHARACTERS) {
      throw new FeedError('the file', `is longer than ${MOST_ROWS} rows or ${MOST_CHARACTERS} characters: split it`);
    }
    if (!header) {
      header = record;
      checkHeader(record, kind, faults);
    } else if (record.length === header.length) {
      rows.push({ line: info.lines, cells: Object.fromEntries(record.map((cell, at) => [header?.[at] ?? '', cell])) });
    } else {
      const message = `has ${record.length} cells, but the header has ${header.length}`;
      faults.push({ line: info.lines, message });
    }
  }
  if (!header) throw new FeedError('the file', 'is empty');
  // Rows can't be read by a header that is wrong.
  if (faults.some(({ line }) => line === 1)) return { load: NOTHING, faults, placeOf: () => ({ line: 1 }) };
  if (rows.length === 0 && faults.length === 0) faults.push({ line: 1, message: 'there is nothing below the header' });
  return kind === 'priceLists' ? readPriceLists(rows, faults) : readEntries(rows, kind, faults);
}

const NOTHING: CatalogueLoad = { families: [], skus: [], products: [], priceLists: [] };

function checkHeader(names: readonly string[], kind: LoadKind, faults: FeedFault[]): void {
  const { needed, optional } = CATALOGUE_COLUMNS[kind];
  const refuse = (column: string, message: string) => faults.push({ line: 1, column, message });
  for (const column of needed) if (!names.includes(column)) refuse(column, 'is missing in the header');
  names.forEach((column, at) => {
    if (names.indexOf(column) < at) refuse(column, 'is in the header twice');
    if (!needed.includes(column) && !optional.includes(column)) {
      refuse(column, `is not known: ${kind} have ${[...needed, ...optional].join(', ')}`);
    }
  });
}

function readEntries(rows: readonly Row[], kind: Exclude<LoadKind, 'priceLists'>, faults: FeedFault[]): CatalogueFile {
  const entries = rows.map(({ line, cells }) => {
    const { tiers, replaces, ...others } = cells;
    return {
      ...others,
      ...(tiers && { tiers: readTiers(tiers, line, faults) }),
      ...(replaces && { replaces: replaces.split(';').map((code) => code.trim()) }),
    };
  });
  // The header has every column an entry needs, so its cells are there.
  const load = { ...NOTHING, [kind]: entries as unknown as (FamilyEntry & SkuEntry & ProductEntry)[] };
  return { load, faults, placeOf: ([, index, member]) => placeIn(rows[index], member) };
}

const TIER = /^\s*([\d.]+)\s*-\s*([\d.]*)\s*:\s*([\d.]+)\s*(?:\*\s*([\d.]+)\s*)?$/;

/** Tiers in one cell: "0-50: 14.4*0.5; 50-200: 14.4; 200-: 11.2" (from-to: points per unit * split). */
function readTiers(cell: string, line: number, faults: FeedFault[]): TierEntry[] | undefined {
  const before = faults.length;
  const tiers = cell.split(';').map((text) => {
    const [found, from = '', to, ppu = '', split] = TIER.exec(text) ?? [];
    if (found === undefined) {
      const message = `${JSON.stringify(text.trim().slice(0, 60))} is no tier: write tiers like 0-50: 14.4*0.5; 50-: 11.2`;
      faults.push({ line, column: 'tiers', message });
    }
    return { from, to, ppu, split };
  });
  return faults.length > before ? undefined : tiers;
}

function readPriceLists(rows: readonly Row[], faults: FeedFault[]): CatalogueFile {
  const lists = new Map<string, { entry: PriceListEntry; rows: Row[] }>();
  for (const row of rows) {
    const { currency = '', version = '', validFrom = '' } = row.cells;
    const name = JSON.stringify([currency, version]);
    const list = lists.get(name) ?? { entry: { currency, version, validFrom, prices: [] }, rows: [] };
    lists.set(name, list);
    list.rows.push(row);
    if (validFrom !== list.entry.validFrom) {
      const message = `is ${validFrom}, but ${list.entry.validFrom} in the list's first row (line ${list.rows[0]?.line})`;
      faults.push({ line: row.line, column: 'validFrom', message });
    }
  }
  const found = [...lists.values()];
  const priceLists = found.map(({ entry, rows: own }) => ({
    ...entry,
    prices: own.map(({ cells: { sku, product, listPrice = '', overagePrice } }) => ({
      sku,
      product,
      listPrice,
      overagePrice,
    })),
  }));
  return {
    load: { ...NOTHING, priceLists },
    faults,
    placeOf: ([, index, member, at, cell]) =>
      member === 'prices' ? placeIn(found[index]?.rows[Number(at ?? 0)], cell) : placeIn(found[index]?.rows[0], member),
  };
}

function placeIn(row: Row | undefined, column: string | number | undefined): { line: number; column?: string } {
  const line = row?.line ?? 1;
  return column === undefined ? { line } : { line, column: String(column) };
}
