import { hash } from 'node:crypto';
import type * as z from 'zod';
import { TerminalError } from './errors.ts';
import type { ObjectStore } from './ports/objects.ts';

/** Values to bytes and back, for documents and for working files. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** The name of a batch: the hash of what it is to do, the same however often it is started. */
export function batchName(items: readonly unknown[]): string {
  return sha256(workBytes(items)).slice(0, 32);
}

export function textBytes(value: string): Uint8Array {
  return encoder.encode(value);
}

/** JSON text of a working file: members in the order they were set, which every run sets alike. */
export function workBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** One JSON text a line; line by line, as the text of a whole programme would be in memory several times. */
export function jsonLines(rows: readonly unknown[]): Uint8Array {
  return Buffer.concat(rows.map((row) => encoder.encode(`${JSON.stringify(row)}\n`)));
}

export function parseJson<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema> {
  return schema.parse(JSON.parse(decoder.decode(bytes)));
}

/** The lines of a text, parsed. */
export function parseLines<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema>[] {
  const lines = decoder.decode(bytes).split('\n').filter(Boolean);
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

/** The rows of a text object of JSON lines, one after the other; none when there is no such object. */
export async function readLines<Schema extends z.ZodType>(
  files: { lines(key: string): AsyncIterable<string> },
  schema: Schema,
  key: string,
): Promise<z.infer<Schema>[]> {
  const rows: z.infer<Schema>[] = [];
  for await (const line of files.lines(key)) rows.push(schema.parse(JSON.parse(line)));
  return rows;
}

/** An object that has to be there. @throws TerminalError when it isn't */
export async function getExisting(files: Pick<ObjectStore, 'get'>, key: string): Promise<Uint8Array> {
  const bytes = await files.get(key);
  if (!bytes) throw new TerminalError(`${key} is missing`);
  return bytes;
}

/**
 * Writes down what a step has decided, unless an earlier or simultaneous start of it has decided already: then that
 * stands, and is answered.
 */
export async function decideOnce(
  files: Pick<ObjectStore, 'putOnce' | 'get'>,
  key: string,
  decision: Uint8Array,
  contentType = key.endsWith('.jsonl') ? 'application/jsonl' : 'application/json',
): Promise<Uint8Array> {
  try {
    await files.putOnce(key, decision, contentType);
    return decision;
  } catch (error) {
    const before = error instanceof TerminalError ? await files.get(key) : undefined;
    if (!before) throw error;
    return before;
  }
}
