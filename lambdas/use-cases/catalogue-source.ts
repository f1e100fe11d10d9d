import type { CatalogueLoad, LoadKind, LoadPath } from '../domain/catalogue/load.ts';
import { readCatalogueCsv } from '../feeds/catalogue-csv.ts';
import { FeedError } from '../feeds/feed-error.ts';
import { type FieldError, PortalError } from './errors.ts';

/** A load as it was sent: entries, or a CSV file of one kind of them. */
export type CatalogueSource = { load: CatalogueLoad } | { csv: Uint8Array; kind: LoadKind };

export type SourcedLoad = {
  load: CatalogueLoad;
  /** What is wrong with its form. */
  errors: FieldError[];
  /** What a part of the load is called to whoever sent it: "products[3].ppu", or "line 5, column ppu". */
  nameOf: (path: LoadPath) => string;
};

/** @throws PortalError BAD_REQUEST when a file is no CSV or too long */
export async function readCatalogueSource(source: CatalogueSource): Promise<SourcedLoad> {
  if ('load' in source) return { load: source.load, errors: [], nameOf: jsonName };
  try {
    const { load, faults, placeOf } = await readCatalogueCsv(pieceOf(source.csv), source.kind);
    const errors = faults.map(({ message, ...place }) => ({ field: csvName(place), message }));
    return { load, errors, nameOf: (path) => csvName(placeOf(path)) };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    throw new PortalError('BAD_REQUEST', error.message, [{ field: csvName(error), message: error.message }]);
  }
}

async function* pieceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const jsonName = (path: LoadPath): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${part}`)).join('');

const csvName = ({ line, column }: { line?: number | undefined; column?: string | undefined }): string =>
  [line === undefined ? 'file' : `line ${line}`, ...(column === undefined ? [] : [`column ${column}`])].join(', ');
