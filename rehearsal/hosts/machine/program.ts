import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Environment } from './environment.ts';
import type { LineLog } from './line-log.ts';
import type { Machine } from './machine.ts';

/** How a program ended; a shell's 126 and 127 say that it could not be executed, or was not found. */
export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that a machine started, in a session of its own. */
export interface Program {
  readonly ended: Promise<ProgramEnd>;
  /** Signals its own process alone. */
  kill(signal: NodeJS.Signals): void;
  /** Stops listening to its output; daemons that it left may hold the pipe for as long as they live. */
  forget(): void;
}

/** What a program starts with. */
interface ProgramSettings {
  readonly environment: Environment;
  readonly workingDirectory: string;
  /** Takes the lines of standard output and standard error, in the order they were written. */
  readonly log: LineLog;
}

/** As a shell says it. */
const NOT_EXECUTED = 126;

/**
 * Starts a program on a machine. A shell stands in front of it for a moment: it joins the two outputs into one pipe,
 * which keeps their order, and turns a missing program into a line of output and exit code 127.
 */
export function startProgram(machine: Machine, command: readonly string[], settings: ProgramSettings): Program {
  const child = spawn('/bin/sh', ['-c', 'exec 2>&1; exec "$@"', 'sh', ...command], {
    cwd: settings.workingDirectory,
    env: settings.environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', settings.log);
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
    child.once('error', (error) => {
      settings.log(`${command.join(' ')}: ${reason(error, settings.workingDirectory)}`);
      resolve({ exitCode: NOT_EXECUTED, signal: null });
    });
  });
  const program: Program = {
    ended,
    kill: (signal) => void child.kill(signal),
    forget: () => {
      lines.close();
      child.stdout.destroy();
    },
  };
  machine.programs.add(program);
  lines.once('close', () => machine.programs.delete(program));
  return program;
}

/** Node reports a missing working directory as a missing shell. */
function reason(error: Error, workingDirectory: string): string {
  return existsSync(workingDirectory) ? error.message : `the working directory ${workingDirectory} does not exist`;
}
