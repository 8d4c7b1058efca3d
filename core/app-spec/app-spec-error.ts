import type { Position } from './position.ts';

/**
 * An AppSpec that cannot be deployed. `message` is CodeDeploy's own text wherever it has one, so that
 * searches for it still lead somewhere; `line`, `column` and `remedy` say what CodeDeploy leaves out.
 */
export class AppSpecError extends Error {
  override readonly name = 'AppSpecError';
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Column of the line, counted from 1. */
  readonly column: number;
  /** What to write instead. */
  readonly remedy: string;

  constructor(message: string, { line, column }: Position, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.line = line;
    this.column = column;
    this.remedy = remedy;
  }

  /** Message, line and remedy in one line, for a person. */
  describe(fileName: string): string {
    return `${this.message} (${fileName}, line ${this.line}: ${this.remedy})`;
  }
}
