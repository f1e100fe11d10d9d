import { resolve } from 'node:path';
import colors from 'picocolors';

/** A command can't do what was asked, told to a person. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Errors whose message is a sentence for the person at the command line. */
const TOLD = new Set([
  'PortalError',
  'Refusal',
  'NoAnswer',
  'RunFailed',
  'CommandError',
  'DataFolderError',
  'PortInUse',
  'FeedError',
  'RangeError',
  'DatabaseInUse',
]);

/** Messages of the system for what a person can mend. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'The folder or file can not be written or read: mind its permissions',
  EROFS: 'The disk is read-only',
};

/**
 * Tells what went wrong in a sentence on standard error; answers the exit code.
 *
 * @param folder data folder of the command
 */
export function tellError(error: unknown, folder: string): number {
  process.stderr.write(`${colors.red('Error')}  ${sentenceOf(error, folder)}\n`);
  return 1;
}

function sentenceOf(error: unknown, folder: string): string {
  if (!(error instanceof Error)) return String(error);
  if (TOLD.has(error.name)) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  const told = `${error.message} ${error.cause ?? ''}`;
  // The database tells it in words of its own, and neither always says which file.
  if (code === 'ENOSPC' || told.includes('No space left on device'))
    return `There is no space left on the disk of ${resolve(folder)}: make room, then run the command again`;
  if (/\b(Corruption|IO error): /.test(told))
    return `The database of ${resolve(folder)} is damaged or can't be read: put a copy of the folder in its place, or start over with --fresh (${told.trim()})`;
  const known = code === undefined ? undefined : SYSTEM[code];
  if (known) return `${known}${path ? ` (${path})` : ''}`;
  return `${error.message}\n${process.env.PORTAL_DEBUG ? error.stack : 'Set PORTAL_DEBUG=1 to see where it came from.'}`;
}
