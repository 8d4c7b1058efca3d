/** Where something stands in a file. */
export interface Position {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** For what is missing from the file as a whole. */
export const BEGINNING: Position = { line: 1, column: 1 };
