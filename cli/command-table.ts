import type { Command } from './command.ts';

interface Entry {
  /** One line for `slipway --help`. */
  readonly summary: string;
  /** Loads the command when it is wanted: `--help` and slips of the pen need none of them. */
  readonly load: () => Promise<Command>;
}

/** The commands by name, in the order in which help lists them. */
export const COMMANDS: ReadonlyMap<string, Entry> = new Map([
  [
    'validate',
    {
      summary: 'check a revision before it is uploaded',
      load: async () => (await import('./commands/validate.ts')).validate,
    },
  ],
  [
    'local',
    {
      summary: "run a revision's lifecycle events on this machine",
      load: async () => (await import('./commands/local.ts')).local,
    },
  ],
]);
