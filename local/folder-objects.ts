import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { threadId } from 'node:worker_threads';
import { TerminalError } from '../lambdas/use-cases/errors.ts';
import type { ObjectStore, WorkFiles } from '../lambdas/use-cases/ports/objects.ts';

const code = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/**
 * A bucket as a folder: an object is a file under its key. A file is whole or not there, also when the process is killed
 * while it writes, and is never written twice. Files are small and stay in the system's cache, so they are read and
 * written at once: that costs a tenth of going through the thread pool. One process has the folder at a time (the
 * database beside it sees to that), and of its threads one writes the files of a name, so nothing can come between looking
 * and renaming.
 */
export function openFolderObjects(folder: string): WorkFiles {
  const known = new Set<string>();
  let parts = 0;

  function makeFolderOf(path: string): void {
    const parent = dirname(path);
    if (known.has(parent)) return;
    mkdirSync(parent, { recursive: true });
    known.add(parent);
  }

  const putOnce: ObjectStore['putOnce'] = async (key, body) => {
    const path = join(folder, key);
    const part = `${path}.${process.pid}-${threadId}-${parts++}.part`;
    try {
      if (existsSync(path)) return sameOrRefuse(key, path, body);
      makeFolderOf(path);
      writeFileSync(part, body);
      renameSync(part, path);
      return 'CREATED';
    } catch (error) {
      rmSync(part, { force: true });
      if (code(error) === 'ENOSPC') {
        throw new TerminalError(`there is no space left on the disk for ${path}: make room, then redrive`);
      }
      throw error;
    }
  };

  const get: ObjectStore['get'] = async (key) => {
    try {
      return readFileSync(join(folder, key));
    } catch (error) {
      if (code(error) === 'ENOENT') return undefined;
      throw error;
    }
  };

  async function* list(prefix: string) {
    const keys = await keysUnder(folder, dirname(`${prefix}x`));
    for (const key of keys.filter((each) => each.startsWith(prefix)).sort()) {
      yield { key, size: statSync(join(folder, key)).size };
    }
  }

  async function* lines(key: string): AsyncGenerator<string> {
    const path = join(folder, key);
    if (!existsSync(path)) return;
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line) yield line;
    }
  }

  return { putOnce, get, list, lines };
}

function sameOrRefuse(key: string, path: string, body: Uint8Array): 'SAME' {
  if (Buffer.compare(readFileSync(path), body) === 0) return 'SAME';
  throw new TerminalError(`${key} exists already, with other contents`);
}

async function keysUnder(folder: string, place: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, place), { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch (error) {
    if (code(error) === 'ENOENT') return [];
    throw error;
  }
}
