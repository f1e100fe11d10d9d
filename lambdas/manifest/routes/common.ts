import * as z from 'zod';
import { DecimalText } from '../../documents/canonical-invoice.ts';
import { isPeriod, period } from '../../domain/calendar/period.ts';
import { STORED_FORMS } from '../../domain/invoice/document-forms.ts';
import type { ListDefinition, ListField } from '../../use-cases/lists/definition.ts';

const DEFAULT_LIMIT = 20;
/** The largest page; a greater `limit` is lowered to it (domain.md §9). */
export const MAX_LIMIT = 200;

export const NoParameters = z.strictObject({});

/** The answer of a route that answers 204. */
export const NoContent = z.undefined();

/** A usage period in a request: "2026-10". */
export const PeriodText = z
  .string()
  .refine(isPeriod, 'is no usage period: write it as YYYY-MM, e.g. 2026-10')
  .transform((text) => period(text))
  .meta({ override: { type: 'string', pattern: '^(19|20|21)\\d\\d-(0[1-9]|1[0-2])$' }, example: '2026-10' });

/** In answers: an id of a thing, a mail address, a month. */
export const IdText = z.string().meta({ format: 'uuid' });
export const MailText = z.string().meta({ format: 'email' });
export const MONTH_PATTERN = { pattern: '^\\d{4}-\\d{2}$' };
export const MonthText = z.string().meta({ ...MONTH_PATTERN, description: 'Month, YYYY-MM' });

/** An exact decimal in an answer. */
export const Decimal = DecimalText.meta({ description: 'Exact decimal number, as text' });

/** An amount of money in an answer. */
export const Money = z.strictObject({ amount: Decimal, currency: z.string() });

const wholeNumber = (message: string) =>
  z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text), message)
    .transform(Number);

/** `limit` and `offset` of a list. */
export const pageQuery = {
  limit: wholeNumber('must be a whole number from 1')
    .refine((limit) => limit >= 1, 'must be a whole number from 1')
    .transform((limit) => Math.min(limit, MAX_LIMIT))
    .default(DEFAULT_LIMIT)
    .meta({
      override: { type: 'integer', minimum: 1, default: DEFAULT_LIMIT },
      description: `Most rows to answer; more than ${MAX_LIMIT} counts as ${MAX_LIMIT}.`,
    }),
  offset: wholeNumber('must be a whole number from 0')
    .default(0)
    .meta({ override: { type: 'integer', minimum: 0, default: 0 }, description: 'Rows to skip.' }),
};

/** `filter`, `sort`, `limit` and `offset` of a list, for its route's query; the texts are compiled with its rows' fields. */
export function listQuery<Row>(definition: ListDefinition<Row>) {
  return { ...pageQuery, filter: filterQuery(definition), sort: sortQuery(definition) };
}

const filterQuery = <Row>({ selectors }: ListDefinition<Row>) =>
  z
    .string()
    .optional()
    .meta({
      override: { type: 'string' },
      description: `Rows to take, in FIQL (\`==\` \`!=\` \`=lt=\` \`=le=\` \`=gt=\` \`=ge=\` \`=in=\` \`=out=\`, \`*\` for any text in \`==\` and \`!=\`, \`;\` and, \`,\` or, brackets). Selectors: ${Object.entries<ListField<Row>>(selectors).map(selectorText).join(', ')}.`,
    });

const selectorText = <Row>([name, field]: [string, ListField<Row>]): string =>
  `\`${name}\` (${field.type === 'enum' ? field.values.join(' ') : field.type})`;

/** `sort` of a list, e.g. "-usagePeriod,run". */
export const sortQuery = <Row>({ sortable, defaultSort }: ListDefinition<Row>) =>
  z
    .string()
    .optional()
    .meta({
      override: { type: 'string', default: defaultSort },
      description: `Fields to sort by, with commas between them; with a minus in front, descending. Fields: ${Object.keys(
        sortable,
      )
        .map((name) => `\`${name}\``)
        .join(', ')}.`,
    });

/** A page of a list, and how many rows there are on all pages. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ content: z.array(row), total: z.int().meta({ description: 'Rows on all pages' }) });

export const Extension = z.enum(STORED_FORMS).meta({ description: 'Form of the document', example: 'pdf' });

/** Name of a run: "2026-10-1"; of a dry run "2026-10-dry-1". */
export const RunName = z
  .string()
  .regex(/^\d{4}-\d\d-(dry-)?[1-9]\d{0,5}$/)
  .refine((name) => isPeriod(name.slice(0, 7)))
  .meta({ description: 'Name of a run: usage period and number', example: '2026-10-1' });

export const DocumentLink = z
  .strictObject({
    url: z.url().meta({ description: 'Downloads the document without signing in' }),
    expires: z.iso.datetime().meta({ description: 'Until then' }),
  })
  .meta({ id: 'DocumentLink', description: 'A signed link to a document, good for a few minutes' });

/** Where a file is uploaded past the API. */
export const UploadTarget = z.strictObject({
  method: z.literal('PUT'),
  url: z.url().meta({ description: 'Takes the file without signing in' }),
  headers: z.record(z.string(), z.string()).meta({ description: 'To be sent as they are' }),
  expires: z.iso.datetime().meta({ description: 'Until then' }),
});

export const EXAMPLE_LINK = {
  url: 'https://documents.example.com/invoices/2026-10/AGG-0001/INV-2026-000001.pdf?signature=…',
  expires: '2026-11-10T02:20:00.000Z',
};
