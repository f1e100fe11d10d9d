import { TerminalError } from '../lambdas/use-cases/errors.ts';
import type { WorkFiles } from '../lambdas/use-cases/ports/objects.ts';

const decoder = new TextDecoder();

/** A bucket in memory, for simulations. */
export function openMemoryObjects(): WorkFiles & { contents: Map<string, Uint8Array> } {
  const contents = new Map<string, Uint8Array>();
  return {
    contents,
    putOnce: async (key, body) => {
      const there = contents.get(key);
      if (!there) {
        contents.set(key, body.slice());
        return 'CREATED';
      }
      if (Buffer.compare(there, body) === 0) return 'SAME';
      throw new TerminalError(`${key} exists already, with other contents`);
    },
    get: async (key) => contents.get(key),
    async *list(prefix) {
      for (const key of [...contents.keys()].filter((each) => each.startsWith(prefix)).sort()) {
        yield { key, size: contents.get(key)?.length ?? 0 };
      }
    },
    async *lines(key) {
      const body = contents.get(key);
      if (body) yield* decoder.decode(body).split('\n').filter(Boolean);
    },
  };
}
