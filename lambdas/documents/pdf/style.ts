import type { Weight } from '../fonts.ts';

/** All lengths are in points (1/72 inch); colours are red, green, blue from 0 to 1 as a PDF writes them. */
export const PAGE = { width: 595.28, height: 841.89, margin: 42, footer: 30 } as const;
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;

const INK = '0.11 0.14 0.2';
const MUTED = '0.38 0.43 0.5';
export const ACCENT = '0.05 0.32 0.53';
export const LINE = '0.82 0.85 0.89';
export const SHADE = '0.945 0.955 0.97';

export type TextStyle = { readonly size: number; readonly weight: Weight; readonly colour: string };

export const TITLE: TextStyle = { size: 22, weight: 'bold', colour: ACCENT };
export const HEADING: TextStyle = { size: 9.5, weight: 'bold', colour: INK };
export const STRONG: TextStyle = { size: 8, weight: 'bold', colour: INK };
export const BODY: TextStyle = { size: 8, weight: 'regular', colour: INK };
export const LABEL: TextStyle = { size: 6.5, weight: 'regular', colour: MUTED };
export const CELL: TextStyle = { size: 7.5, weight: 'regular', colour: INK };
export const COLUMN_TITLE: TextStyle = { size: 6.5, weight: 'bold', colour: MUTED };

/** Distance of the baselines of two lines of one text, and of the first baseline from the top, in sizes. */
export const LEADING = 1.32;
export const ASCENT = 1.02;
