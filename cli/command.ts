import type { Terminal } from './terminal.ts';

/** What a shell learns from the command's end. */
export const EXIT = {
  /** The work is done. */
  ok: 0,
  /** The work failed: an invalid AppSpec, a failed script. */
  failed: 1,
  /** The command line itself is wrong, and nothing was done. */
  usage: 2,
  /** A deployment could not be followed to its end; it goes on. */
  lost: 3,
  /** Ctrl-C; a deployment that was followed goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One command of `slipway`. */
export interface Command {
  /** What `--help` prints. */
  readonly usage: string;
  /**
   * @param args what follows the command's name
   * @throws UsageError for a wrong command line
   */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** A command line that cannot be understood. The message names the argument and what it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Work that cannot be done. The message says what is in the way and what helps. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
