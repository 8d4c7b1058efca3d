import type { AppSpecError } from './app-spec-error.ts';
import type { Position } from './position.ts';

/** Something to know about an AppSpec before it is deployed. */
export interface Finding extends Position {
  /** An error fails on the host. A warning runs, but not as the file seems to say, or not under AWS's agent. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
}

export function errorFinding({ message, line, column, remedy }: AppSpecError): Finding {
  return { severity: 'error', line, column, message, remedy };
}

export function warning({ line, column }: Position, message: string, remedy: string): Finding {
  return { severity: 'warning', line, column, message, remedy };
}
