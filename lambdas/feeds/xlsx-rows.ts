import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { FeedError } from './feed-error.ts';
import type { SheetRow } from './sheet-row.ts';
import { openSheetParser, openStringsParser, openTagsParser } from './xlsx-parts.ts';

// The sheet is read piece by piece, shared strings are kept: far more than 200,000 rows need.
const MOST_SHEET_BYTES = 160_000_000;
const MOST_OTHER_BYTES = 64_000_000;

/**
 * The rows of a sheet of an XLSX workbook: the one of that name, or else the first. Numbers are read as the decimals that
 * were typed, a formula is refused whatever it has come to. Holds the zipped workbook, its shared strings and a piece of
 * the sheet at a time.
 *
 * @param name what messages call the file
 * @throws FeedError when it is no workbook, is damaged, unzips to more than it may, or has more columns than a sheet of usage
 */
export async function* xlsxRows(bytes: Uint8Array, name: string, sheet: string): AsyncGenerator<SheetRow> {
  try {
    yield* rowsOf(await openZip(bytes), sheet);
  } catch (error) {
    if (error instanceof FeedError) throw error;
    const { message } = error as Error;
    const reason = error instanceof RefusedWorkbook ? message : `is no XLSX workbook, or a damaged one (${message})`;
    throw new FeedError(name, reason, {}, { cause: error });
  }
}

class RefusedWorkbook extends Error {}

type Zip = { file: ZipFile; entries: ReadonlyMap<string, Entry> };

function openZip(bytes: Uint8Array): Promise<Zip> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    fromBuffer(buffer, { lazyEntries: false, validateEntrySizes: true }, (error, file) => {
      if (error) return reject(error);
      const entries = new Map<string, Entry>();
      file.on('entry', (entry: Entry) => entries.set(entry.fileName, entry));
      file.on('error', reject);
      file.on('end', () => resolve({ file, entries }));
    });
  });
}

function openPart({ file, entries }: Zip, path: string, mostBytes: number): Promise<Readable | undefined> {
  const entry = entries.get(path);
  if (!entry) return Promise.resolve(undefined);
  // What an entry says of its size is checked while it is read.
  if (entry.uncompressedSize > mostBytes) {
    throw new RefusedWorkbook(`unzips to more than ${mostBytes / 1_000_000} MB: split it`);
  }
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream.setEncoding('utf8'))));
  });
}

/** Reads a part of the workbook through a parser, yielding what it has found after each piece. */
async function* parsed<Found>(
  zip: Zip,
  path: string,
  mostBytes: number,
  open: (parser: SaxesParser) => () => Found[],
): AsyncGenerator<Found> {
  const stream = await openPart(zip, path, mostBytes);
  if (!stream) return;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new RefusedWorkbook('declares a document type, which no workbook has');
  });
  const found = open(parser);
  for await (const piece of stream) {
    parser.write(piece as string);
    yield* found();
  }
  parser.close();
  yield* found();
}

async function* rowsOf(zip: Zip, wanted: string): AsyncGenerator<SheetRow> {
  const tags = (path: string, tag: string) => Array.fromAsync(parsed(zip, path, MOST_OTHER_BYTES, openTagsParser(tag)));
  const sheets = await tags('xl/workbook.xml', 'sheet');
  const sheet = sheets.find(({ name }) => name === wanted) ?? sheets[0];
  const targets = await tags('xl/_rels/workbook.xml.rels', 'Relationship');
  const target = sheet && targets.find(({ Id }) => Id === sheet['r:id'])?.Target;
  if (target === undefined) throw new RefusedWorkbook('is no XLSX workbook: it has no sheet');
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!zip.entries.has(path)) throw new RefusedWorkbook(`has no part ${path}`);
  const strings: string[] = [];
  for await (const text of parsed(zip, 'xl/sharedStrings.xml', MOST_OTHER_BYTES, openStringsParser)) strings.push(text);
  yield* parsed(zip, path, MOST_SHEET_BYTES, openSheetParser(strings));
}
