import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Names the folder that all measurements of a bench share. */
export const SHARED_FOLDER = 'BENCH_FOLDER';

/**
 * A folder in the project, where `npm start` keeps its data too. What a measurement of many has made stays until all are
 * done: a file system such as ext4 looks at every inode that was freed in the last minutes when it makes a file, so that
 * thousands of files removed slow the next measurement, up to twenty times for each file.
 */
export async function benchFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const shared = process.env[SHARED_FOLDER];
  const path = await mkdtemp(shared ? join(shared, 'part-') : join(ROOT, '.portal-bench-'));
  return { path, remove: shared ? async () => undefined : () => rm(path, { recursive: true, force: true }) };
}
