import type { FieldError } from '../errors.ts';

/**
 * A field of a list's rows that a filter or a sort may name, and how its values compare: text by code point, dates and
 * months (YYYY-MM-DD, YYYY-MM) by time, numbers (decimal literals) by exact value. A row may have no value.
 */
export type ListField<Row> =
  | { type: 'text' | 'date' | 'month' | 'number'; of: (row: Row) => string | undefined }
  | { type: 'enum'; values: readonly string[]; of: (row: Row) => string | undefined }
  | { type: 'boolean'; of: (row: Row) => boolean | undefined };

/** Fields by the name that a request gives them; published ones are dotted paths ("contractSKU.code"). */
export type ListFields<Row> = Readonly<Record<string, ListField<Row>>>;

/** All there is to say of one list; its route's query, the OpenAPI document and compileList are made from it. */
export type ListDefinition<Row> = {
  /** What `filter` may name. */
  selectors: ListFields<Row>;
  /** What `sort` may name. */
  sortable: ListFields<Row>;
  /** Unique in the list: breaks ties of every sort, so that pages never overlap. */
  id: (row: Row) => string;
  /** `sort` of a request that has none, e.g. "-usagePeriod,-run". */
  defaultSort: string;
  /** Query parameter that makes a list shorter which is too long to be sorted. */
  narrowBy?: string;
};

/** Most rows to answer, and rows to skip. */
export type PageRequest = { limit: number; offset: number };

/** What a request asks of a list. An empty filter or sort is none. */
export type ListQuery = PageRequest & { filter?: string | undefined; sort?: string | undefined };

/** Rows of a page, and how many there are on all pages. */
export type Page<Row> = { content: Row[]; total: number };

/** What came of a text that a caller has written. */
export type Compiled<T> = { ok: true; value: T } | { ok: false; errors: readonly FieldError[] };
