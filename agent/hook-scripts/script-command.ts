import type { HookScript } from '../../core/app-spec/index.ts';

/** A program and its arguments; no shell takes them apart, so that paths may hold blanks. */
export type Command = readonly [program: string, ...args: string[]];

/** How a script is run, as the agent's user or as another one. */
export function scriptCommand(path: string, { runas, sudo }: Pick<HookScript, 'runas' | 'sudo'>): Command {
  // su hands its command to the user's shell.
  const command: Command = runas === undefined ? [path] : ['su', runas, '-c', quoted(path)];
  return sudo ? ['sudo', ...command] : command;
}

function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
