import type { Run } from '../fonts.ts';
import type { Composer } from './page.ts';
import { ASCENT, CELL, COLUMN_TITLE, CONTENT_WIDTH, LABEL, LEADING, PAGE, SHADE, type TextStyle } from './style.ts';

/** A cell: its text and, under it in small print, a note. */
type Cell = { text: string; note?: string };

export type Column<Row> = {
  title: string;
  cell: (row: Row, index: number) => Cell;
} & (
  | { /** As wide as its widest cell, right aligned, never broken or cut. */ kind: 'number' }
  | { /** As wide as its widest cell, left aligned, never broken or cut: for dates and codes. */ kind: 'code' }
  | { /** Takes this share of the width that is left; long texts wrap. */ kind: 'text'; share: number }
);

const GAP = 9;
const PADDING = 2.8;
const TITLE_HEIGHT = COLUMN_TITLE.size * LEADING + 2 * PADDING;
const TEXT_LINES = 3;
const NOTE_LINES = 2;
// Text columns get at least a third of the page; numbers too wide for the rest are printed smaller.
const WIDEST_FIXED = (CONTENT_WIDTH * 2) / 3;

/** Height of the column titles and of a first row as most are: what should not be torn from a heading. */
export const TABLE_START = TITLE_HEIGHT + (CELL.size + LABEL.size) * LEADING + 2 * PADDING;

type MeasuredCell = { text: Run; note: Run | undefined };
type BrokenCell = { text: readonly Run[]; note: readonly Run[] };
/** A column as it stands on the page. */
type Place = { kind: 'number' | 'code' | 'text'; title: readonly Run[]; x: number; width: number; scale: number };

/** A table over the whole width: the column titles again on every page, rows never split between pages. */
export function table<Row>(composer: Composer, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const cells = rows.map((row, index) => columns.map((column) => measured(composer, column.cell(row, index))));
  const places = arrange(composer, columns, cells);
  composer.reserve(TABLE_START);
  printTitles(composer, places);
  for (const row of cells) {
    const broken = row.map((cell, at) => brokenCell(composer, cell, places[at]!));
    const height = Math.max(...broken.map(cellHeight)) + 2 * PADDING;
    if (composer.reserve(height)) printTitles(composer, places);
    broken.forEach((cell, at) => {
      const top = composer.y + PADDING;
      print(composer, cell.text, places[at]!, top, CELL);
      print(composer, cell.note, places[at]!, top + cell.text.length * CELL.size * LEADING, LABEL);
    });
    composer.y += height;
    composer.rule(composer.y);
  }
}

function measured(composer: Composer, { text, note }: Cell): MeasuredCell {
  return { text: composer.run(text, CELL), note: note ? composer.run(note, LABEL) : undefined };
}

function arrange<Row>(
  composer: Composer,
  columns: readonly Column<Row>[],
  cells: readonly (readonly MeasuredCell[])[],
): Place[] {
  const titles = columns.map(({ title }) => composer.run(title, COLUMN_TITLE));
  const natural = columns.map(({ kind }, at) => (kind === 'text' ? 0 : widestOf(titles[at]!, cells, at)));
  const fixed = natural.reduce((sum, width) => sum + width, 0);
  const scale = fixed > WIDEST_FIXED ? WIDEST_FIXED / fixed : 1;
  const shares = columns.reduce((sum, column) => sum + (column.kind === 'text' ? column.share : 0), 0);
  const left = CONTENT_WIDTH - 2 * PADDING - GAP * (columns.length - 1) - fixed * scale;
  let x = PAGE.margin + PADDING;
  return columns.map((column, at) => {
    const isText = column.kind === 'text';
    const width = isText ? (left * column.share) / shares : natural[at]! * scale;
    const title = isText ? composer.lines(titles[at]!, width, COLUMN_TITLE, 1) : [titles[at]!];
    const place = { kind: column.kind, title, x, width, scale: isText ? 1 : scale };
    x += width + GAP;
    return place;
  });
}

function widestOf(title: Run, cells: readonly (readonly MeasuredCell[])[], at: number): number {
  let width = title.width * COLUMN_TITLE.size;
  for (const row of cells) {
    const { text, note } = row[at]!;
    width = Math.max(width, text.width * CELL.size, note ? note.width * LABEL.size : 0);
  }
  return width;
}

function printTitles(composer: Composer, places: readonly Place[]): void {
  composer.box(PAGE.margin, composer.y, CONTENT_WIDTH, TITLE_HEIGHT, SHADE);
  for (const place of places) print(composer, place.title, place, composer.y + PADDING, COLUMN_TITLE);
  composer.y += TITLE_HEIGHT;
}

function brokenCell(composer: Composer, { text, note }: MeasuredCell, { kind, width }: Place): BrokenCell {
  if (kind !== 'text') return { text: [text], note: note ? [note] : [] };
  return {
    text: composer.lines(text, width, CELL, TEXT_LINES),
    note: note ? composer.lines(note, width, LABEL, NOTE_LINES) : [],
  };
}

function cellHeight({ text, note }: BrokenCell): number {
  return (text.length * CELL.size + note.length * LABEL.size) * LEADING;
}

function print(composer: Composer, lines: readonly Run[], place: Place, top: number, style: TextStyle): void {
  const size = style.size * place.scale;
  lines.forEach((line, index) => {
    const x = place.kind === 'number' ? place.x + place.width - line.width * size : place.x;
    // Smaller print keeps the baseline of the rest of its row.
    composer.place(line, x, top + (ASCENT + index * LEADING) * style.size, { ...style, size });
  });
}
