import {
  type DocumentExport,
  EXPORT_PART,
  expired,
  failed,
  finished,
  MOST_ATTEMPTS,
  released,
  statusAt,
  stepped,
  takenUp,
} from '../domain/document-export/document-export.ts';
import { decideOnce, jsonLines, parseLines } from './bytes.ts';
import { type ChoosePortal, chooseDocuments } from './choose-documents.ts';
import { RetryableError } from './errors.ts';
import { type ExportedDocument, ExportedDocumentSchema, exportFiles, formsOf } from './export-files.ts';
import { inParallel } from './in-parallel.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import type { ExportKey } from './ports/document-exports.ts';
import type { Portal } from './ports/portal.ts';
import { renderedForms } from './render-document.ts';

export type RunExportsPortal = ChoosePortal &
  Pick<Portal, 'clock' | 'units' | 'documentExports' | 'documents' | 'workFiles'>;

/** Most documents of one export: its manifest is read as a whole. */
const MOST_DOCUMENTS = 50_000;
/** A function may run for five minutes: what isn't done by then is the next round's. */
const RUN_FOR_MS = 200_000;
const RENDERED_AT_ONCE = 16;

/**
 * Goes on with exports that were asked for, step by step, and lets those expire that are seven days old. Run again, after a
 * crash, or twice at once, it does nothing twice: what is chosen and each part of a manifest are written once, and an export
 * is in the hands of one.
 */
export async function runExports(portal: RunExportsPortal): Promise<{ done: number; failures: Error[] }> {
  const until = portal.clock().getTime() + RUN_FOR_MS;
  let done = 0;
  const failures: Error[] = [];
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    for await (const key of portal.documentExports.due(shard, portal.clock())) {
      try {
        if (await goOn(portal, key, until)) done++;
      } catch (error) {
        failures.push(new Error(`export ${key.id} of ${key.organizationId} was interrupted`, { cause: error }));
      }
    }
  }
  return { done, failures };
}

/** Whether it came to an end. */
async function goOn(portal: RunExportsPortal, key: ExportKey, until: number): Promise<boolean> {
  const now = portal.clock();
  const found = await portal.documentExports.get(key);
  if (!found) return false;
  if (found.status === 'DONE' && statusAt(found, now) === 'EXPIRED')
    return (await saved(portal, expired(found))) !== undefined;
  const taken = takenUp(found, now);
  const mine = taken && (await saved(portal, taken));
  if (!mine) return false;
  if (mine.attempts > MOST_ATTEMPTS) {
    const message = `It was taken up ${MOST_ATTEMPTS} times and did not come to an end: ask for it again, or for less`;
    return (await saved(portal, failed(mine, now, { code: 'INTERRUPTED', message }))) !== undefined;
  }
  return run(portal, mine, until);
}

async function run(portal: RunExportsPortal, taken: DocumentExport, until: number): Promise<boolean> {
  let mine = taken;
  const chosen = await chosenDocuments(portal, mine);
  if (chosen.length > MOST_DOCUMENTS) {
    const message = `These are ${chosen.length} documents, at most ${MOST_DOCUMENTS} go into one export: ask for fewer months or kinds`;
    await save(portal, failed(mine, portal.clock(), { code: 'TOO_MANY_DOCUMENTS', message }));
    return true;
  }
  const parts = Math.ceil(chosen.length / EXPORT_PART);
  for (let part = mine.parts; part < parts; part++) {
    if (portal.clock().getTime() > until) {
      await save(portal, released(mine));
      return false;
    }
    const files = mine.files + (await writePart(portal, mine, part, chosen));
    mine = await save(portal, stepped(mine, portal.clock(), { parts: part + 1, files, documents: chosen.length }));
  }
  await save(portal, finished({ ...mine, documents: chosen.length }, portal.clock()));
  return true;
}

/** What is in an export, decided by whoever takes it up first. */
async function chosenDocuments(portal: RunExportsPortal, of: DocumentExport): Promise<ExportedDocument[]> {
  const key = exportFiles.chosen(of);
  const before = await portal.workFiles.get(key);
  if (before) return parseLines(ExportedDocumentSchema, before);
  const organization = await portal.organizations.get(of.organizationId);
  const chosen = organization ? await chooseDocuments(portal, organization, of) : [];
  return parseLines(ExportedDocumentSchema, await decideOnce(portal.workFiles, key, jsonLines(chosen)));
}

/**
 * A part of the manifest: the documents with what they were hashed to when they were issued, and with the forms that are
 * rendered for it.
 * @returns how many files are in it
 */
async function writePart(
  portal: RunExportsPortal,
  of: DocumentExport,
  part: number,
  chosen: readonly ExportedDocument[],
): Promise<number> {
  const documents = chosen.slice(part * EXPORT_PART, (part + 1) * EXPORT_PART);
  const { forms } = of.request;
  const numbers = documents.filter(({ contractNumber }) => contractNumber !== undefined).map(({ name }) => name);
  const invoices = await portal.invoices.getMany(numbers);
  const hashes = new Map(invoices.map((invoice) => [invoice.number, invoice.hashes]));
  const rows = await inParallel(documents, RENDERED_AT_ONCE, async (document) => {
    const sha256 = document.sha256 ?? hashes.get(document.name);
    const rendered = await renderedForms(portal, document, forms);
    return { ...document, ...(sha256 && { sha256 }), ...(rendered && { rendered }) };
  });
  const written = await decideOnce(portal.workFiles, exportFiles.part(of, part), jsonLines(rows));
  return parseLines(ExportedDocumentSchema, written).reduce((sum, row) => sum + formsOf(row, forms).length, 0);
}

async function saved(portal: RunExportsPortal, of: DocumentExport): Promise<DocumentExport | undefined> {
  const result = await portal.units.commit(portal.documentExports.changed(of));
  return result.ok ? { ...of, version: of.version + 1 } : undefined;
}

/** @throws RetryableError when somebody else has taken the export up meanwhile */
async function save(portal: RunExportsPortal, of: DocumentExport): Promise<DocumentExport> {
  const after = await saved(portal, of);
  if (after) return after;
  throw new RetryableError(`export ${of.id} was taken up by somebody else`);
}
