import { isPeriod, type Period } from '../calendar/period.ts';
import type { FamilyType } from '../catalogue/family.ts';
import type { Product } from '../catalogue/product.ts';
import type { UsageSite } from '../contract/usage-site.ts';
import { QUANTITY_SCALE, type Quantity } from '../numbers/amounts.ts';
import { parseDecimal, powerOfTen } from '../numbers/decimal.ts';
import { usageKeyText } from './line-key.ts';
import type { UsageLine } from './usage-line.ts';

/** Parts of a line that somebody writes; each edge has its own names for them. */
export type EntryField = 'line' | 'usagePeriod' | 'product' | 'site' | 'customer' | 'quantity' | 'reason' | 'comment';

/**
 * Why an entry or an operation is refused: it names a line that there isn't (`UNKNOWN`), makes a second line of what there
 * is one of already (`EXISTS`), or says something wrong (`INVALID`). The message goes on after the field's name.
 */
export type LineFault = { kind: 'UNKNOWN' | 'EXISTS' | 'INVALID'; field: EntryField; message: string };

/** A line as somebody writes it. */
export type EntryText = {
  /** The order's own unless told otherwise. */
  usagePeriod?: string | undefined;
  product: string;
  /** Id or name of an open usage site. */
  site?: string | undefined;
  customer?: string | undefined;
  quantity: string;
};

/** What an order's lines may name. */
export type EntryFacts = {
  usagePeriod: Period;
  /** Other periods that are named, and why the order doesn't take their usage; undefined where it does. */
  late: Map<Period, string | undefined>;
  family: FamilyType;
  /** Products of the contract's family, by code. */
  products: ReadonlyMap<string, Product>;
  /** Codes that other products have replaced, and with which. */
  retired: ReadonlyMap<string, string>;
  sites: SiteIndex;
  /** Numbers of the contract's end customers; of families that have some. */
  customers: ReadonlySet<string>;
  /** The order's lines by what they are written as: what is there stays, whatever may be written anew. */
  written: WrittenLines;
  /** Of usage of the order's own month that waits on a later order which can still be changed: that order's month. */
  carried: ReadonlyMap<string, Period>;
};

/** Lines of an order by how somebody writes them. */
export type WrittenLines = ReadonlyMap<string, UsageLine>;

/** Lines by period, product, site (its id, and its name) and customer, as an entry names them. */
export function writtenLines(lines: readonly UsageLine[]): WrittenLines {
  const byText = new Map<string, UsageLine>();
  for (const line of lines) {
    const { usagePeriod, productCode: product, siteId, siteName, customerNumber: customer } = line;
    for (const site of siteId === undefined ? [siteName] : [siteName, siteId]) {
      byText.set(writtenAs({ usagePeriod, product, site, customer }), line);
    }
  }
  return byText;
}

const writtenAs = ({ usagePeriod, product, site = '', customer = '' }: Omit<EntryText, 'quantity'>): string =>
  JSON.stringify([usagePeriod, product, site, customer]);

/** Usage sites of a contract by id and by name. */
export type SiteIndex = {
  open: ReadonlyMap<string, Pick<UsageSite, 'id' | 'name'>>;
  closed: ReadonlySet<string>;
};

/** @param sites all of a contract, closed ones too */
export function siteIndex(sites: readonly UsageSite[]): SiteIndex {
  const isOpen = ({ closedTime }: UsageSite) => closedTime === undefined;
  const named = sites.filter(isOpen).flatMap(({ id, name }) => {
    const site = { id, name };
    return [[id, site] as const, [name, site] as const];
  });
  const closed = sites.filter((site) => !isOpen(site)).flatMap(({ id, name }) => [id, name]);
  return { open: new Map(named), closed: new Set(closed) };
}

/** An entry that names what there is. */
export type Entry = {
  usagePeriod: Period;
  product: Product;
  site?: Pick<UsageSite, 'id' | 'name'>;
  customerNumber: string;
  quantity: Quantity;
  /** The line of the order that it names to the letter. */
  line?: UsageLine;
};

type Checked<Value> = { ok: true; value: Value } | { ok: false; faults: readonly LineFault[] };

/** Reads an entry of an order, or names everything that is wrong with it. */
export function checkEntry(facts: EntryFacts, entry: EntryText): Checked<Entry> {
  const usagePeriodText = entry.usagePeriod || facts.usagePeriod;
  const line = facts.written.get(writtenAs({ ...entry, usagePeriod: usagePeriodText }));
  const known = line && facts.products.get(line.productCode);
  return line && known ? checkWritten(line, known, entry) : checkNew(facts, entry);
}

/** What the order has already is taken as it stands: its site may be closed since, its product retired. */
function checkWritten(line: UsageLine, product: Product, entry: EntryText): Checked<Entry> {
  const quantity = checkQuantity(entry.quantity);
  if (!quantity.ok) return quantity;
  const { usagePeriod, siteId, siteName, customerNumber } = line;
  const site = siteId === undefined ? {} : { site: { id: siteId, name: siteName } };
  return { ok: true, value: { usagePeriod, product, ...site, customerNumber, quantity: quantity.value, line } };
}

function checkNew(facts: EntryFacts, entry: EntryText): Checked<Entry> {
  const checks = {
    usagePeriod: checkPeriod(facts, entry.usagePeriod),
    product: checkProduct(facts, entry.product),
    site: checkSite(facts, entry.site),
    customerNumber: checkCustomer(facts, entry.customer),
    quantity: checkQuantity(entry.quantity),
  };
  const faults = Object.values(checks).flatMap((checked) => (checked.ok ? [] : checked.faults));
  const { usagePeriod, product, site, customerNumber, quantity } = checks;
  if (!usagePeriod.ok || !product.ok || !site.ok || !customerNumber.ok || !quantity.ok) return { ok: false, faults };
  const value: Entry = {
    usagePeriod: usagePeriod.value,
    product: product.value,
    ...(site.value && { site: site.value }),
    customerNumber: customerNumber.value,
    quantity: quantity.value,
  };
  const carriedBy =
    value.usagePeriod === facts.usagePeriod ? facts.carried.get(usageKeyText(entryKey(value))) : undefined;
  if (carriedBy === undefined) return { ok: true, value };
  const message = `usage of that product and site waits as late usage on the order of ${carriedBy}: change it there`;
  return { ok: false, faults: [{ kind: 'EXISTS', field: 'line', message }] };
}

/** The parts of an entry that tell what it is of. */
export function entryKey({ usagePeriod, product, site, customerNumber }: Entry) {
  return {
    usagePeriod,
    productCode: product.code,
    ...(site && { siteId: site.id }),
    siteName: site?.name ?? '',
    customerNumber,
  };
}

const refused = (field: EntryField, message: string): { ok: false; faults: LineFault[] } => ({
  ok: false,
  faults: [{ kind: 'INVALID', field, message }],
});

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const MOST_UNITS = 10n ** 12n * powerOfTen(QUANTITY_SCALE);
const DECIMAL_COMMA = /^-?\d[\d.]*,\d+$/;

/** A quantity from 0 to 10^12 with at most 6 decimals (domain.md §5 "Numbers"). */
export function checkQuantity(text: string): Checked<Quantity> {
  const found = parseDecimal(text, QUANTITY_SCALE);
  if (found === undefined && DECIMAL_COMMA.test(text)) {
    return refused('quantity', `${quoted(text)} has a comma: write decimals with a point, e.g. 1234.5`);
  }
  if (found === undefined || found < 0n || found > MOST_UNITS) {
    const message = `${quoted(text)} is no number from 0 to 1000000000000 with at most ${QUANTITY_SCALE} decimals`;
    return refused('quantity', text === '' ? 'is needed' : message);
  }
  return { ok: true, value: found as Quantity };
}

/**
 * A quantity that a line is changed to: late usage becomes more only where it could still be added (domain.md §3 "Arrears").
 * @param before the line, if there is one of that id
 */
export function checkNewQuantity(
  { late }: Pick<EntryFacts, 'late'>,
  text: string,
  before: UsageLine | undefined,
): Checked<Quantity> {
  const quantity = checkQuantity(text);
  const refusal = before && late.get(before.usagePeriod);
  if (!before || !quantity.ok || refusal === undefined || quantity.value <= before.quantity) return quantity;
  return refused('quantity', `can't become more: ${refusal}`);
}

/** Usage of an earlier month is arrears, which an order takes by rules of their own (arrears.ts). */
function checkPeriod({ usagePeriod, late }: EntryFacts, text: string | undefined): Checked<Period> {
  if (text === undefined || text === '' || text === usagePeriod) return { ok: true, value: usagePeriod };
  if (!isPeriod(text))
    return refused('usagePeriod', `${quoted(text)} is no usage period: write it as YYYY-MM, e.g. 2026-10`);
  const refusal = late.get(text);
  return refusal === undefined ? { ok: true, value: text } : refused('usagePeriod', refusal);
}

function checkProduct({ products, retired }: EntryFacts, code: string): Checked<Product> {
  const product = products.get(code);
  const today = retired.get(code);
  if (today !== undefined) return refused('product', `${quoted(code)} is retired: report ${today}`);
  if (product) return { ok: true, value: product };
  return refused('product', code === '' ? 'is needed' : `${quoted(code)} is no product of the contract's family`);
}

/** The open site of an id or a name; needed where the contract has open sites. */
export function checkSite(
  { sites }: Pick<EntryFacts, 'sites'>,
  text: string | undefined,
): Checked<Pick<UsageSite, 'id' | 'name'> | undefined> {
  if (text === undefined || text === '') {
    if (sites.open.size === 0) return { ok: true, value: undefined };
    return refused('site', 'is needed: the contract has usage sites');
  }
  const site = sites.open.get(text);
  if (site) return { ok: true, value: site };
  return refused('site', `${quoted(text)} is ${sites.closed.has(text) ? 'a closed' : 'no'} usage site of the contract`);
}

/** SOV usage is of an end customer of the contract or of *Unknown*, which is the empty text. */
function checkCustomer({ family, customers }: EntryFacts, text: string | undefined): Checked<string> {
  if (text === undefined || text === '' || (family === 'SOV' && customers.has(text))) {
    return { ok: true, value: text ?? '' };
  }
  const message =
    family === 'SOV'
      ? `${quoted(text)} is no end customer of the contract`
      : 'must be empty: usage of this family is not told apart by end customers';
  return refused('customer', message);
}
