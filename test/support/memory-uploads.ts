import { Readable } from 'node:stream';
import type { Uploads } from '../../lambdas/use-cases/ports/uploads.ts';

/** Uploads to a bucket in memory; what they tell of is told when the test says so. */
export function memoryUploads(contents: Map<string, Uint8Array>, uploaded: string[]): Uploads {
  return {
    target: async (key, size) => ({
      url: `https://work.example/${key}`,
      headers: { 'content-length': String(size) },
      expires: '2026-11-10T02:15:00.000Z',
    }),
    put: async (key, bytes) => {
      contents.set(key, bytes);
      uploaded.push(key);
    },
    pieces: async (key) => {
      const bytes = contents.get(key);
      return bytes && Readable.from([Buffer.from(bytes)]);
    },
    link: async (key, fileName) => ({
      url: `https://work.example/${key}?name=${fileName}`,
      expires: '2026-11-10T02:05:00.000Z',
    }),
  };
}
