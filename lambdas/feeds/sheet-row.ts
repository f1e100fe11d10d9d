/** A row of a file that people have made: CSV, TSV or XLSX. */
export type SheetRow = {
  /** Counted from 1 with the header: the line it ends on, or the row of the sheet. */
  row: number;
  cells: string[];
  /** Cells that can't be taken, by column, and why: "is a formula". */
  refused?: ReadonlyMap<number, string>;
};
