import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ExitCode } from './command.ts';
import { EXIT } from './command.ts';

/**
 * Runs another program of this package in the place of this one: same terminal, same signals, same end.
 * @param program path from the package's root
 */
export async function runProgram(program: string, args: readonly string[]): Promise<ExitCode> {
  const path = fileURLToPath(new URL(`../${program}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the whole process group, so that it is only outlived here; SIGTERM reaches this process alone.
  const outlive = (): void => undefined;
  const passOn = (): void => {
    child.kill('SIGTERM');
  };
  process.on('SIGINT', outlive).on('SIGTERM', passOn);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return Object.values(EXIT).find((known) => known === code) ?? EXIT.failed;
  } finally {
    process.off('SIGINT', outlive).off('SIGTERM', passOn);
  }
}
