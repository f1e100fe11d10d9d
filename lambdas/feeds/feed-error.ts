/** Where in a file something is wrong: its line, counted from 1 with the header, and its column's name. */
type Place = { line?: number; column?: string };

/** A file can't be read as what it should be. The message is a sentence for a person: which file, where, what, why. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly line: number | undefined;
  readonly column: string | undefined;

  constructor(file: string, what: string, { line, column }: Place = {}, options?: ErrorOptions) {
    const where = [
      file,
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(column === undefined ? [] : [`column ${column}`]),
    ];
    super(`${where.join(', ')}: ${what}`, options);
    this.line = line;
    this.column = column;
  }
}
