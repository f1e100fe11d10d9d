import { join } from 'node:path';
import { type LocalDynamoDb, startDynamoDb } from './dynamodb/server.ts';

/** Another process has the data folder open. */
class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

/** Where the database of a data folder is. */
export const databaseOf = (folder: string): string => join(folder, 'database');

/**
 * Opens the database of a data folder, which keeps others out of the folder until it is closed.
 * @throws DatabaseInUse when another portal has it
 */
export async function openDatabase(folder: string): Promise<LocalDynamoDb> {
  try {
    return await startDynamoDb({ path: databaseOf(folder) });
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    if (cause?.code !== 'LEVEL_LOCKED') throw error;
    throw new DatabaseInUse(
      `${folder} is in use by another process: stop the portal that runs on it, choose another folder with --data, or ask that portal, where a command takes --url`,
    );
  }
}

/**
 * Makes sure that nobody has the database of a data folder open, also where it is damaged.
 * @throws DatabaseInUse
 */
export async function refuseInUse(folder: string): Promise<void> {
  try {
    await (await openDatabase(folder)).close();
  } catch (error) {
    if (error instanceof DatabaseInUse) throw error;
  }
}
