import { type Run, widthOf } from '../fonts.ts';
import type { Glyph } from './font-face.ts';

const SPACE = 0x20;
// A line may end after these: space, comma, hyphen, slash, underscore, at sign, middle dot.
const BREAK_AFTER = new Set(Array.from(' ,-/_@·', (character) => character.charCodeAt(0)));
// From here on the scripts of East Asia, which may break after any character.
const FIRST_EAST_ASIAN = 0x2e80;

function mayBreakAfter(glyph: Glyph): boolean {
  return BREAK_AFTER.has(glyph.codePoint) || glyph.codePoint >= FIRST_EAST_ASIAN;
}

function part(run: Run, from: number, to: number): Run {
  let end = to;
  while (end > from && run.glyphs[end - 1]!.codePoint === SPACE) end--;
  const glyphs = run.glyphs.slice(from, end);
  return { glyphs, width: widthOf(glyphs) };
}

/** How many glyphs from `from` on fit into `width` em; at least one. */
function fitting(run: Run, from: number, width: number): number {
  let used = 0;
  let at = from;
  while (at < run.glyphs.length && used + run.glyphs[at]!.advance <= width) used += run.glyphs[at++]!.advance;
  return Math.max(1, at - from);
}

/**
 * Breaks a run into lines of at most `width` em: between words where it can, inside a word that is wider than a line.
 * What exceeds `maxLines` is cut and ends with `ellipsis`.
 */
export function wrap(run: Run, width: number, maxLines: number, ellipsis: Run): Run[] {
  if (run.width <= width) return [run];
  const lines: Run[] = [];
  let from = 0;
  while (from < run.glyphs.length) {
    if (lines.length === maxLines - 1) {
      lines.push(cut(part(run, from, run.glyphs.length), width, ellipsis));
      break;
    }
    let to = from + fitting(run, from, width);
    if (to < run.glyphs.length && run.glyphs[to]!.codePoint !== SPACE) {
      let breakAt = to;
      while (breakAt > from && !mayBreakAfter(run.glyphs[breakAt - 1]!)) breakAt--;
      if (breakAt > from) to = breakAt;
    }
    lines.push(part(run, from, to));
    while (to < run.glyphs.length && run.glyphs[to]!.codePoint === SPACE) to++;
    from = to;
  }
  return lines;
}

/** The run itself, or as much of it as fits into `width` em before the ellipsis. */
export function cut(run: Run, width: number, ellipsis: Run): Run {
  if (run.width <= width) return run;
  const kept = part(run, 0, fitting(run, 0, width - ellipsis.width));
  return { glyphs: [...kept.glyphs, ...ellipsis.glyphs], width: kept.width + ellipsis.width };
}
