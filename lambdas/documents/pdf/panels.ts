import type { Composer } from './page.ts';
import { BODY, CONTENT_WIDTH, HEADING, LABEL, LEADING, LINE, PAGE, STRONG, TITLE } from './style.ts';

/** A name with its value; the pieces that documents are made of beside tables. */
export type Fact = { label: string; value: string };
/** An amount in a list of amounts; a strong one closes the list and has a rule above it. */
export type AmountRow = Fact & { strong?: boolean };
export type AmountList = { heading: string; rows: readonly AmountRow[] };
/** An organization or account as printed. */
export type PrintedParty = {
  name: string;
  number: string;
  address: readonly string[];
  taxId?: string | undefined;
};

const GUTTER = 14;
const NAME_LINES = 3;
const ADDRESS_LINES = 2;
// A purchase order's number is never cut: it has at most a hundred characters.
const VALUE_LINES = 8;
const LABEL_HEIGHT = LABEL.size * LEADING;
const HEADING_HEIGHT = HEADING.size * 1.7;

/** Head of the first page: who issues the document on the left, what it is on the right. */
export function letterhead(composer: Composer, issuer: PrintedParty, title: string, number: string): void {
  const half = (CONTENT_WIDTH - GUTTER) / 2;
  const right = PAGE.width - PAGE.margin;
  const top = composer.y;
  composer.textEndingAt(title, right, top + TITLE.size * 0.85, TITLE, half);
  composer.textEndingAt(number, right, top + TITLE.size * 0.85 + 17, HEADING, half);
  const height = printParty(composer, issuer, PAGE.margin, top, half);
  composer.y = Math.max(top + height, top + 44) + 12;
  composer.rule(composer.y);
  composer.y += 12;
}

/** Parties side by side, each under what it is to the document. */
export function parties(composer: Composer, entries: readonly { role: string; party: PrintedParty }[]): void {
  const width = columnWidth(entries.length);
  const heights = entries.map(({ role, party }, index) => {
    const x = PAGE.margin + index * (width + GUTTER);
    composer.text(role, x, composer.y + LABEL.size, LABEL, width);
    return LABEL_HEIGHT + 2 + printParty(composer, party, x, composer.y + LABEL_HEIGHT + 2, width);
  });
  composer.y += Math.max(...heights) + 12;
}

/** Facts in rows of `perRow`, each label above its value. */
export function facts(composer: Composer, entries: readonly Fact[], perRow: number): void {
  const width = columnWidth(perRow);
  for (let from = 0; from < entries.length; from += perRow) {
    const row = entries.slice(from, from + perRow);
    const values = row.map(({ value }) => composer.lines(value, width, BODY, VALUE_LINES));
    const height = Math.max(...values.map((lines) => lines.length)) * BODY.size * LEADING;
    composer.reserve(LABEL_HEIGHT + height);
    row.forEach(({ label }, index) => {
      const x = PAGE.margin + index * (width + GUTTER);
      composer.text(label, x, composer.y + LABEL.size, LABEL, width);
      composer.block(values[index]!, x, composer.y + LABEL_HEIGHT, BODY);
    });
    composer.y += LABEL_HEIGHT + height + 6;
  }
}

/** Lists of amounts in two columns, one list under the other in each; all of them on one page. */
export function amounts(composer: Composer, left: readonly AmountList[], right: readonly AmountList[]): void {
  const height = Math.max(listsHeight(left), listsHeight(right));
  composer.reserve(height);
  const width = columnWidth(2);
  [left, right].forEach((lists, column) => {
    let y = composer.y;
    for (const list of lists) {
      printAmounts(composer, list, PAGE.margin + column * (width + GUTTER), y, width);
      y += listHeight(list);
    }
  });
  composer.y += height;
}

function listHeight({ rows }: AmountList): number {
  return HEADING_HEIGHT + rows.reduce((sum, row) => sum + rowHeight(row), 0) + 14;
}

function listsHeight(lists: readonly AmountList[]): number {
  return lists.reduce((sum, list) => sum + listHeight(list), 0);
}

function rowHeight({ strong }: AmountRow): number {
  return (strong ? HEADING : BODY).size * 1.7;
}

function printAmounts(composer: Composer, list: AmountList, x: number, top: number, width: number): void {
  composer.text(list.heading, x, top + HEADING.size, HEADING, width);
  let y = top + HEADING_HEIGHT;
  for (const row of list.rows) {
    const style = row.strong ? HEADING : BODY;
    const height = rowHeight(row);
    composer.rule(y, row.strong ? style.colour : LINE, x, width);
    const baseline = y + height * 0.75;
    const valueWidth = Math.min(width, composer.run(row.value, style).width * style.size);
    composer.textEndingAt(row.value, x + width, baseline, style, width);
    composer.text(row.label, x, baseline, style, Math.max(0, width - valueWidth - 6));
    y += height;
  }
}

/** A heading over what follows; goes to the next page together with the first `following` points of it. */
export function heading(composer: Composer, text: string, following: number): void {
  composer.reserve(HEADING_HEIGHT + following);
  composer.text(text, PAGE.margin, composer.y + HEADING.size, HEADING);
  composer.y += HEADING_HEIGHT;
}

/** Height of a remark of one line. */
export const REMARK_LINE = LABEL_HEIGHT + 4;

/** A remark in small print over the whole width. */
export function remark(composer: Composer, text: string): void {
  const lines = composer.lines(text, CONTENT_WIDTH, LABEL, 6);
  composer.reserve(lines.length * LABEL_HEIGHT);
  composer.y += composer.block(lines, PAGE.margin, composer.y, LABEL) + 4;
}

function printParty(composer: Composer, party: PrintedParty, x: number, y: number, width: number): number {
  const parts = [
    { style: { ...STRONG, size: 9 }, text: party.name, maxLines: NAME_LINES },
    ...party.address.map((text) => ({ style: BODY, text, maxLines: ADDRESS_LINES })),
    { style: LABEL, text: party.number, maxLines: 1 },
    { style: LABEL, text: party.taxId === undefined ? '' : `Tax ID ${party.taxId}`, maxLines: 1 },
  ].filter(({ text }) => text !== '');
  let height = 0;
  for (const { style, text, maxLines } of parts) {
    height += composer.block(composer.lines(text, width, style, maxLines), x, y + height, style);
  }
  return height;
}

function columnWidth(columns: number): number {
  return (CONTENT_WIDTH - (columns - 1) * GUTTER) / columns;
}
