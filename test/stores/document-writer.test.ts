import type { PdfRenderer } from '../../lambdas/documents/forms.ts';
import { openDocumentWriter } from '../../lambdas/stores/document-writer.ts';
import { sha256, textBytes } from '../../lambdas/use-cases/bytes.ts';
import { TerminalError } from '../../lambdas/use-cases/errors.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import { sampleInvoice } from '../fixtures/invoices.ts';

const invoice = sampleInvoice();
const renderingOf = (version: string): PdfRenderer => {
  const render = async () => textBytes(version);
  return { invoice: render, statement: render, consolidatedBill: render };
};

test('a document that is stored is not written anew by a portal that renders it otherwise: its hashes are those of its files', async () => {
  const documents = openMemoryObjects();
  const before = await openDocumentWriter({ documents }, renderingOf('before')).invoice('1', invoice);
  const files = new Map(documents.contents);
  expect(await openDocumentWriter({ documents }, renderingOf('after')).invoice('1', invoice)).toEqual(before);
  expect(before.pdf).toBe(sha256(textBytes('before')));
  expect(documents.contents).toEqual(files);
});

test('a document of which some files are missing gets those from the portal as it is by now', async () => {
  const documents = openMemoryObjects();
  await openDocumentWriter({ documents }, renderingOf('before')).invoice('1', invoice);
  documents.contents.delete('1.pdf');
  const { pdf } = await openDocumentWriter({ documents }, renderingOf('after')).invoice('1', invoice);
  expect(pdf).toBe(sha256(textBytes('after')));
});

test('another document of the same name is refused, and no file of it is written beside those of the first', async () => {
  const documents = openMemoryObjects();
  const writer = openDocumentWriter({ documents }, renderingOf('before'));
  await writer.invoice('1', invoice);
  documents.contents.delete('1.pdf');
  await expect(writer.invoice('1', { ...invoice, currency: 'EUR' })).rejects.toBeInstanceOf(TerminalError);
  expect([...documents.contents.keys()].sort()).toEqual(['1.csv', '1.json']);
});

test('a form that can not be stored fails the document', async () => {
  const documents = openMemoryObjects();
  const full = { ...documents, putOnce: () => Promise.reject(new TerminalError('there is no space left')) };
  const writer = openDocumentWriter({ documents: full }, renderingOf('before'));
  await expect(writer.invoice('1', invoice)).rejects.toThrow('there is no space left');
});
