import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../lambdas/use-cases/bytes.ts';
import { TerminalError } from '../../lambdas/use-cases/errors.ts';
import type { DocumentWriter, FormHashes } from '../../lambdas/use-cases/ports/document-writer.ts';
import { openDocumentThread } from '../../local/document-thread.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import { sampleConsolidatedBill, sampleCreditNote, sampleInvoice, sampleStatement } from '../fixtures/invoices.ts';
import { writerInto } from '../support/document-writer.ts';

const CLOSED = 'the portal is being closed: no more documents are written';
const invoice = sampleInvoice();

async function everyKind(writer: DocumentWriter): Promise<FormHashes[]> {
  return Promise.all([
    writer.invoice('invoices/1', invoice),
    writer.invoice('invoices/2', sampleCreditNote(invoice)),
    writer.statement('statements/1', sampleStatement()),
    writer.consolidatedBill('bills/1', sampleConsolidatedBill()),
  ]);
}

describe('a thread that writes documents', () => {
  let folder: string;
  let thread: ReturnType<typeof openDocumentThread>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    thread = openDocumentThread(folder);
  });
  afterEach(async () => {
    await thread.close();
    await rm(folder, { recursive: true });
  });

  test('writes the bytes that are written where documents are rendered at the spot', async () => {
    const here = openMemoryObjects();
    const link = () => Promise.reject(new Error('no links here'));
    const hashes = await everyKind(writerInto({ documents: { ...here, link } }));
    expect(await everyKind(thread.writer)).toEqual(hashes);
    expect(here.contents.size).toBe(12);
    for (const [key, bytes] of here.contents) expect(sha256(await readFile(join(folder, key)))).toBe(sha256(bytes));
    expect(hashes[0]?.pdf).toBe(sha256(await readFile(join(folder, 'invoices/1.pdf'))));
  });

  test('writes a document again as it is, and refuses another one of its name for good', async () => {
    const [first, again] = [await thread.writer.invoice('1', invoice), await thread.writer.invoice('1', invoice)];
    expect(again).toEqual(first);
    const other = thread.writer.invoice('1', { ...invoice, currency: 'EUR' });
    await expect(other).rejects.toThrow(new TerminalError('1.json exists already, with other contents'));
    await expect(other).rejects.toBeInstanceOf(TerminalError);
    expect((await readdir(folder)).sort()).toEqual(['1.csv', '1.json', '1.pdf']);
    expect(sha256(await readFile(join(folder, '1.json')))).toBe(first.json);
  });

  test('says what went wrong with a document, and writes the next', async () => {
    const broken = { ...invoice, lines: undefined } as unknown as typeof invoice;
    const refused = thread.writer.invoice('broken', broken);
    await expect(refused).rejects.toThrow('broken could not be written: ');
    await expect(refused).rejects.not.toBeInstanceOf(TerminalError);
    expect(await readdir(folder)).toEqual([]);
    expect((await thread.writer.invoice('next', invoice)).json).toHaveLength(64);
  });

  test('writes nothing more once it is closed: what is under way fails, and so does what is asked for later', async () => {
    await thread.writer.invoice('before', invoice);
    const underWay = Promise.allSettled([thread.writer.invoice('1', invoice), thread.writer.invoice('2', invoice)]);
    await thread.close();
    const there = await readdir(folder);
    for (const each of await underWay) expect(each).toMatchObject({ status: 'rejected', reason: { message: CLOSED } });
    await expect(thread.writer.invoice('later', invoice)).rejects.toThrow(CLOSED);
    expect(await readdir(folder)).toEqual(there);
  });
});
