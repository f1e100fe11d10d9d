import { inflateSync } from 'node:zlib';

/** What a test wants to know of a PDF's bytes, read without the code that wrote them. */
export type ReadPdf = { pages: string[][]; fontNames: string[]; trailer: string; objects: Map<number, string> };

/** Reads PDFs of the kind that pdfkit writes: a plain cross-reference table, fonts with ToUnicode maps. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1');
  const objects = objectsOf(file);
  const pages = [...objects.values()]
    .filter((object) => /\/Type \/Page\n/.test(object))
    .map((object) => textsOfPage(object, objects));
  const fontNames = [...objects.values()].flatMap((object) => /\/FontName \/(\S+)/.exec(object)?.[1] ?? []);
  return { pages, fontNames, trailer: file.slice(file.lastIndexOf('trailer')), objects };
}

/** The objects by number, found where the cross-reference table says. */
function objectsOf(file: string): Map<number, string> {
  const start = Number(/startxref\n(\d+)\n%%EOF\n?$/.exec(file)?.[1]);
  const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  return new Map(
    offsets.map((offset, index) => {
      const head = `${index + 1} 0 obj\n`;
      if (!file.startsWith(head, offset)) throw new Error(`object ${index + 1} is not at ${offset}`);
      return [index + 1, file.slice(offset + head.length, file.indexOf('\nendobj', offset))];
    }),
  );
}

function referenced(object: string, key: string): number[] {
  const value = new RegExp(`/${key} (\\[[^\\]]*\\]|\\d+ 0 R)`).exec(object)?.[1] ?? '';
  return [...value.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));
}

function streamOf(object: string): string {
  const start = object.indexOf('\nstream\n');
  const length = Number(/\/Length (\d+)/.exec(object.slice(0, start))?.[1]);
  const stream = Buffer.from(object.slice(start + 8, start + 8 + length), 'latin1');
  return (object.slice(0, start).includes('/FlateDecode') ? inflateSync(stream) : stream).toString('latin1');
}

function textsOfPage(page: string, objects: Map<number, string>): string[] {
  const resources = objects.get(referenced(page, 'Resources')[0]!)!;
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, number]) => {
      const map = objects.get(referenced(objects.get(Number(number))!, 'ToUnicode')[0]!)!;
      return [name!, characterMap(streamOf(map))];
    }),
  );
  const content = referenced(page, 'Contents')
    .map((number) => streamOf(objects.get(number)!))
    .join('\n');
  return shownTexts(content, fonts);
}

function characterMap(cmap: string): Map<number, string> {
  return new Map(
    [...cmap.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)].map(([, code, text]) => [
      Number.parseInt(code!, 16),
      text!.replace(/..../g, (unit) => String.fromCharCode(Number.parseInt(unit, 16))),
    ]),
  );
}

/** Texts in the order they are shown; what is shown without moving in between is one text. */
function shownTexts(content: string, fonts: Map<string, Map<number, string>>): string[] {
  const texts: string[] = [];
  let font = new Map<number, string>();
  for (const [, name, codes] of content.matchAll(/\/(F\d+) \d+ Tf|Td\n|\(((?:\\[\s\S]|[^\\)])*)\) Tj/g)) {
    if (name !== undefined) font = fonts.get(name)!;
    else if (codes === undefined) texts.push('');
    else texts[texts.length - 1] += decoded(codes, font);
  }
  return texts;
}

function decoded(codes: string, font: Map<number, string>): string {
  const bytes = codes.replace(/\\([\s\S])/g, (_, character: string) => (character === 'r' ? '\r' : character));
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    text += font.get(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1)) ?? '?';
  }
  return text;
}
