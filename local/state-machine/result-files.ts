import type { Json } from './types.ts';

/** AWS begins a new file at 5 GB; here at 16 MiB, so that no more than that waits in memory for each outcome. */
const RESULT_FILE_CHARACTERS = 16 * 1024 * 1024;

/** One result file as the manifest lists it; the size in bytes. */
export type ResultFile = { Key: string; Size: number };

const OUTCOMES = ['FAILED', 'PENDING', 'SUCCEEDED'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Gathers entries into `SUCCEEDED_n`, `FAILED_n` and `PENDING_n` files under the folder. */
export function createResultFiles(
  folder: string,
  outputType: 'JSON' | 'JSONL',
  write: (key: string, text: string) => Promise<void>,
) {
  const waiting: Record<Outcome, { entries: string[]; characters: number }> = {
    FAILED: { entries: [], characters: 0 },
    PENDING: { entries: [], characters: 0 },
    SUCCEEDED: { entries: [], characters: 0 },
  };
  const written: Record<Outcome, ResultFile[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };

  async function flush(outcome: Outcome): Promise<void> {
    const { entries } = waiting[outcome];
    if (entries.length === 0) return;
    waiting[outcome] = { entries: [], characters: 0 };
    const text = outputType === 'JSON' ? `[${entries.join(',')}]` : entries.map((entry) => `${entry}\n`).join('');
    const file = {
      Key: `${folder}/${outcome}_${written[outcome].length}.${outputType.toLowerCase()}`,
      Size: Buffer.byteLength(text),
    };
    written[outcome].push(file);
    await write(file.Key, text);
  }

  return {
    /** Notes entries; writes a file when enough have come together. */
    async add(outcome: Outcome, entries: Json[]): Promise<void> {
      const lot = waiting[outcome];
      for (const entry of entries) {
        const text = JSON.stringify(entry);
        lot.entries.push(text);
        lot.characters += text.length;
      }
      if (lot.characters >= RESULT_FILE_CHARACTERS) await flush(outcome);
    },
    /** Writes what is left and lists all files by outcome. */
    async close(): Promise<Record<Outcome, ResultFile[]>> {
      for (const outcome of OUTCOMES) await flush(outcome);
      return written;
    },
  };
}
