import { csv } from '../documents/csv.ts';
import type { ReportedError } from './usage-file-objects.ts';

/** Errors that an answer has; the others are in the report. */
export const MOST_TOLD_ERRORS = 5_000;
const A_PIECE = 10_000;

/** Takes every error of a file; keeps them as the report they become, which is shorter than they are. */
export type ErrorReport = {
  add(error: ReportedError): void;
  count(): number;
  /** The first of them, in the order they were found. */
  first(): readonly ReportedError[];
  /** All of them as CSV. */
  bytes(): Uint8Array;
};

export function errorReport(): ErrorReport {
  const told: ReportedError[] = [];
  const pieces: Buffer[] = [];
  let open: ReportedError[] = [];
  let count = 0;

  function flush(): void {
    const text = csv(COLUMNS, open);
    // The head line stands in the first piece alone.
    pieces.push(Buffer.from(pieces.length === 0 ? text : text.slice(text.indexOf('\r\n') + 2)));
    open = [];
  }

  return {
    add: (error) => {
      count++;
      if (told.length < MOST_TOLD_ERRORS) told.push(error);
      if (open.push(error) === A_PIECE) flush();
    },
    count: () => count,
    first: () => told,
    bytes: () => {
      flush();
      return Buffer.concat(pieces);
    },
  };
}

const COLUMNS = [
  { name: 'row', value: ({ row }: ReportedError) => String(row) },
  { name: 'column', value: ({ column }: ReportedError) => column },
  { name: 'message', value: ({ message }: ReportedError) => message },
];
