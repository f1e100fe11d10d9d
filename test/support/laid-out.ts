import type { Page, TextItem } from '../../lambdas/documents/pdf/page.ts';
import { PAGE } from '../../lambdas/documents/pdf/style.ts';

/** The text of an item, from its glyphs. */
export function textOf(item: TextItem): string {
  return item.run.glyphs.map(({ codePoint }) => String.fromCodePoint(codePoint)).join('');
}

export function textsOf(pages: readonly Page[]): string[] {
  return pages.flatMap((page) => page.texts.map(textOf));
}

type Extent = { text: string; left: number; right: number; top: number; bottom: number };

function extentOf(item: TextItem): Extent {
  // What most letters cover: from the top of capitals to a little under the baseline.
  return {
    text: textOf(item),
    left: item.x,
    right: item.x + item.run.width * item.size,
    top: item.baseline - 0.72 * item.size,
    bottom: item.baseline + 0.2 * item.size,
  };
}

const TOLERANCE = 0.01;

/** Texts of a page that stand in each other or beyond the page's edge, described; none on a good page. */
export function collisions(page: Page): string[] {
  const found: string[] = [];
  const extents = page.texts.map(extentOf).sort((a, b) => a.top - b.top);
  extents.forEach((one, at) => {
    if (one.left < 0 || one.right > PAGE.width || one.top < 0 || one.bottom > PAGE.height) {
      found.push(`"${one.text}" leaves the page`);
    }
    for (const other of extents.slice(at + 1)) {
      if (other.top >= one.bottom - TOLERANCE) break;
      if (one.left < other.right - TOLERANCE && other.left < one.right - TOLERANCE) {
        found.push(`"${one.text}" stands in "${other.text}"`);
      }
    }
  });
  return found;
}
