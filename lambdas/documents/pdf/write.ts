import { zlibSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { FontResources } from './font-resources.ts';
import type { Page } from './page.ts';
import { PAGE } from './style.ts';

/** What the document says about itself; `date` ("2026-11-10") is the only date it carries. */
export type DocumentInfo = { title: string; subject: string; author: string; date: string };

// A short document is written as it is: compressing it would take longer than laying it out and save a few kilobytes.
const UNCOMPRESSED_PAGES = 4;

/**
 * Writes laid-out pages as a PDF. Equal pages and info give equal bytes on every machine: dates come from `info`, the
 * file's identifier is a hash of it, and streams are compressed by fflate, since zlib's output differs between
 * processors and versions of Node.
 */
export async function writePdf(pages: readonly Page[], info: DocumentInfo): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    compress: false,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    // pdfkit would read its default font from a file that a bundle doesn't have; its types don't know null.
    font: null as unknown as string,
    info: {
      Title: info.title,
      Subject: info.subject,
      Author: info.author,
      Creator: 'Commerce Portal',
      CreationDate: new Date(`${info.date}T00:00:00Z`),
    },
  });
  const bytes = collect(doc);
  const resources = new FontResources(doc, pages);
  const contents = pages.map((page) => Buffer.from(pageContent(page, resources), 'latin1'));
  for (const content of contents) {
    doc.addPage();
    const stream = pages.length > UNCOMPRESSED_PAGES ? compressed(doc, content) : plain(doc, content);
    // pdfkit's own content stream comes first: it turns the page so that y counts from the top.
    Object.assign(doc.page.dictionary.data, { Contents: [doc.page.content, stream] });
    Object.assign(doc.page.fonts, resources.references());
  }
  resources.end();
  doc.end();
  return bytes;
}

/**
 * The drawing operators of a page: its boxes, then its texts, with colour and font named only where they change. Lengths
 * are whole hundredths of a point, which is finer than any printer draws.
 */
function pageContent(page: Page, resources: FontResources): string {
  let content = '.01 0 0 .01 0 0 cm\n';
  let colour = '';
  let font = '';
  for (const box of page.boxes) {
    if (box.colour !== colour) content += `${box.colour} rg\n`;
    colour = box.colour;
    content += `${hundredths(box.x)} ${hundredths(box.y)} ${hundredths(box.width)} ${hundredths(box.height)} re f\n`;
  }
  let x = 0;
  let baseline = 0;
  // The page's y counts downwards, the glyphs' upwards.
  content += 'BT 1 0 0 -1 0 0 Tm\n';
  for (const text of page.texts) {
    if (text.colour !== colour) content += `${text.colour} rg\n`;
    colour = text.colour;
    const toX = hundredths(text.x);
    const toBaseline = hundredths(text.baseline);
    content += `${toX - x} ${baseline - toBaseline} Td\n`;
    x = toX;
    baseline = toBaseline;
    for (const { resource, codes } of resources.encode(text.run.glyphs)) {
      const wanted = `/${resource} ${hundredths(text.size)} Tf\n`;
      if (wanted !== font) content += wanted;
      font = wanted;
      content += `(${codes}) Tj\n`;
    }
  }
  return `${content}ET\n`;
}

function hundredths(length: number): number {
  return Math.round(length * 100);
}

function compressed(doc: PDFKit.PDFDocument, content: Uint8Array): PDFKit.PDFKitReference {
  const stream = doc.ref({ Filter: 'FlateDecode' });
  stream.end(zlibSync(content));
  return stream;
}

function plain(doc: PDFKit.PDFDocument, content: Uint8Array): PDFKit.PDFKitReference {
  const stream = doc.ref({});
  stream.end(content);
  return stream;
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
