import { spawn } from 'node:child_process';
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

/** `$0` is the working directory. What cd leaves behind in the environment is none of the program's business. */
const LAUNCH = `exec 2>&1
cd -- "$0" 2>/dev/null || { echo "$*: the working directory $0 does not exist"; exit ${NOT_EXECUTED}; }
unset OLDPWD
exec "$@"`;

/**
 * Starts a program on a machine. A shell stands in front of it for a moment: it joins the two outputs into one pipe,
 * which keeps their order, and turns a missing program into a line of output and exit code 127.
 */
export function startProgram(machine: Machine, command: readonly string[], settings: ProgramSettings): Program {
  const { workingDirectory } = settings;
  const [program = '', ...words] = machine.disk.command(['/bin/sh', '-c', LAUNCH, workingDirectory, ...command]);
  const child = spawn(program, words, {
    cwd: '/',
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
      settings.log(`${command.join(' ')}: ${error.message}`);
      resolve({ exitCode: NOT_EXECUTED, signal: null });
    });
  });
  const started: Program = {
    ended,
    kill: (signal) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        machine.disk.signal(child.pid, signal);
      } catch {
        // It ended this very moment.
      }
    },
    forget: () => {
      lines.close();
      child.stdout.destroy();
    },
  };
  machine.programs.add(started);
  lines.once('close', () => machine.programs.delete(started));
  return started;
}
