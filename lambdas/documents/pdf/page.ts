import type { Fonts, Run, Weight } from '../fonts.ts';
import { ACCENT, ASCENT, BODY, CONTENT_WIDTH, LABEL, LEADING, LINE, PAGE, STRONG, type TextStyle } from './style.ts';
import { cut, wrap } from './text.ts';

/** A piece of text on a page: `x` is its left end, `baseline` counts from the page's top. */
export type TextItem = { run: Run; x: number; baseline: number; size: number; colour: string };
/** A filled rectangle; rules are thin ones. */
type Box = { x: number; y: number; width: number; height: number; colour: string };
/** A page as laid out, before it becomes bytes. Boxes lie under the text. */
export type Page = { texts: TextItem[]; boxes: Box[] };

/** What every page repeats: `title` heads the pages after the first, `footer` closes each. */
export type Frame = { title: string; footer: string };

const BOTTOM = PAGE.height - PAGE.margin - PAGE.footer;
const HAIRLINE = 0.5;

/** Fills pages from top to bottom. `y` is where the next thing goes, counted from the page's top. */
export class Composer {
  y: number = PAGE.margin;
  readonly #fonts: Fonts;
  readonly #frame: Frame;
  readonly #pages: Page[] = [];
  readonly #ellipsis: Record<Weight, Run>;
  #page: Page;

  constructor(fonts: Fonts, frame: Frame) {
    this.#fonts = fonts;
    this.#frame = frame;
    this.#ellipsis = { regular: fonts.run('…', 'regular'), bold: fonts.run('…', 'bold') };
    this.#page = this.#addPage();
  }

  run(text: string, style: TextStyle): Run {
    return this.#fonts.run(text, style.weight);
  }

  /** Breaks a text into lines of a width; see wrap. */
  lines(text: string | Run, width: number, style: TextStyle, maxLines: number): Run[] {
    const run = typeof text === 'string' ? this.run(text, style) : text;
    return wrap(run, width / style.size, maxLines, this.#ellipsis[style.weight]);
  }

  /** One line of text from `x` on; what exceeds `width` is cut. */
  text(text: string, x: number, baseline: number, style: TextStyle, width = CONTENT_WIDTH): void {
    this.place(cut(this.run(text, style), width / style.size, this.#ellipsis[style.weight]), x, baseline, style);
  }

  /** One line of text that ends at `right`. */
  textEndingAt(text: string, right: number, baseline: number, style: TextStyle, width = CONTENT_WIDTH): void {
    const run = cut(this.run(text, style), width / style.size, this.#ellipsis[style.weight]);
    this.place(run, right - run.width * style.size, baseline, style);
  }

  place(run: Run, x: number, baseline: number, style: TextStyle): void {
    if (run.glyphs.length > 0) this.#page.texts.push({ run, x, baseline, size: style.size, colour: style.colour });
  }

  /** Lines one under the other from `y` on; returns the height they take. */
  block(lines: readonly Run[], x: number, y: number, style: TextStyle): number {
    lines.forEach((line, index) => {
      this.place(line, x, y + (ASCENT + index * LEADING) * style.size, style);
    });
    return lines.length * LEADING * style.size;
  }

  box(x: number, y: number, width: number, height: number, colour: string): void {
    this.#page.boxes.push({ x, y, width, height, colour });
  }

  rule(y: number, colour: string = LINE, x: number = PAGE.margin, width: number = CONTENT_WIDTH): void {
    this.box(x, y, width, HAIRLINE, colour);
  }

  /** Goes to a new page when less than `height` is left on this one; tells whether it did. */
  reserve(height: number): boolean {
    if (this.y + height <= BOTTOM) return false;
    this.#page = this.#addPage();
    return true;
  }

  /** The pages with their footers, once their count is known. */
  finish(): Page[] {
    const baseline = PAGE.height - PAGE.margin;
    const right = PAGE.width - PAGE.margin;
    this.#pages.forEach((page, index) => {
      this.#page = page;
      this.rule(baseline - 12);
      this.text(this.#frame.footer, PAGE.margin, baseline, LABEL, CONTENT_WIDTH - 80);
      this.textEndingAt(`Page ${index + 1} of ${this.#pages.length}`, right, baseline, LABEL);
    });
    return this.#pages;
  }

  #addPage(): Page {
    this.#page = { texts: [], boxes: [] };
    this.#pages.push(this.#page);
    this.y = PAGE.margin;
    if (this.#pages.length === 1) {
      this.box(0, 0, PAGE.width, 5, ACCENT);
    } else {
      this.text(this.#frame.title, PAGE.margin, this.y + BODY.size, STRONG);
      this.rule(this.y + 14);
      this.y += 24;
    }
    return this.#page;
  }
}
