import type { Finding } from '../../core/app-spec/index.ts';

/** Something to know about a revision before it is deployed. */
export interface RevisionFinding extends Pick<Finding, 'severity' | 'message' | 'remedy'> {
  /** Path inside the revision, or the bundle as it was named. */
  readonly file: string;
  /** Counted from 1; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly column: number | null;
}

/** A finding of the AppSpec, in the file that it was read from. */
export function inFile(file: string, { severity, line, column, message, remedy }: Finding): RevisionFinding {
  return { severity, file, line, column, message, remedy };
}

/** A finding about a file as a whole. */
export function aboutFile(file: string, finding: Omit<RevisionFinding, 'file' | 'line' | 'column'>): RevisionFinding {
  return { ...finding, file, line: null, column: null };
}
