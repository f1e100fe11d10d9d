import { type CommanderError, InvalidArgumentError } from 'commander';

/** Takes a whole number for an option of the command line, written in digits. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `Write a whole number of ${least} or more${most < Number.MAX_SAFE_INTEGER ? `, at most ${most}` : ''}.`,
    );
  };
}

/** Ends a command that was only to say its help with 0, and one that was not understood with 2. */
export function endUnrun({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2);
}
