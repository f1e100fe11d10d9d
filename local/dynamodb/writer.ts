import type { Operation } from 'dynalite/db/index.js';
import type { Database, WritableDatabase } from './session.ts';

/** Runs work when all earlier work is done, and answers when what it wrote is stored. */
export type Writer = <T>(work: (database: WritableDatabase) => Promise<T>) => Promise<T>;

/**
 * Writes one after another, which is what makes transactions isolated. Work that waits while LevelDB stores a batch is
 * then run in turn, each seeing what the ones before it wrote, and stored together as the next batch.
 */
export function openWriter(database: Database): Writer {
  let queue: Array<(group: WritableDatabase) => Promise<() => void>> = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const works = queue;
      queue = [];
      const written = new Map<string, unknown>();
      const operations: Operation[] = [];
      const group: WritableDatabase = {
        ...database,
        read: (key) => (written.has(key) ? written.get(key) : database.read(key)),
        write(added) {
          for (const operation of added) {
            operations.push(operation);
            written.set(operation.key, operation.type === 'put' ? operation.value : undefined);
          }
        },
      };
      const answers: Array<() => void> = [];
      for (const work of works) answers.push(await work(group));
      if (operations.length > 0) await database.level.batch(operations);
      for (const answer of answers) answer();
    }
    draining = undefined;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      queue.push((group) =>
        work(group).then(
          (result) => () => resolve(result),
          (error: Error) => () => reject(error),
        ),
      );
      draining ??= drain();
      draining.catch(reject);
    });
}
