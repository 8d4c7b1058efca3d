import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { LineSplitter } from './line-splitter.ts';
import { closeWriteEnds, openOutputPipes } from './output-pipes.ts';
import type { OutputPipe } from './output-pipes.ts';
import { pipeHolder } from './pipe-holder.ts';
import { endProcessGroup } from './process-group.ts';
import type { RunningScript } from './running-script.ts';
import type { Command } from './script-command.ts';
import type { ScriptEnd } from './script-end.ts';
import { startLimit } from './script-limit.ts';
import { whyNotStarted } from './why-not-started.ts';

export interface ScriptRun {
  readonly command: Command;
  readonly env: NodeJS.ProcessEnv;
  readonly workingDirectory: string;
  /** One limit for all: the process has ended and both outputs are closed. */
  readonly timeoutMs: number;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** Ends the script early. */
  readonly signal: AbortSignal;
  /** Told of the process at once, and again when it has ended. */
  readonly running?: Pick<RunningScript, 'begin' | 'end'>;
  onLine(stream: 'stdout' | 'stderr', line: string): void;
}

/** Runs a script as the leader of a process group of its own, without input, and tells how it ended. */
export async function runScript(run: ScriptRun): Promise<ScriptEnd> {
  const pipes = await openOutputPipes();
  const exited = start(run, pipes);
  closeWriteEnds(pipes);
  const [stdout, stderr] = pipes;
  const outputs = Promise.all([
    readLines(stdout.readEnd, (line) => {
      run.onLine('stdout', line);
    }),
    readLines(stderr.readEnd, (line) => {
      run.onLine('stderr', line);
    }),
  ]);
  const limit = startLimit(run.timeoutMs, run.signal);
  try {
    const end = await Promise.race([exited.end, limit.reached]);
    if (end.kind === 'timedOut' || end.kind === 'interrupted' || end.kind === 'withdrawn') {
      if (exited.pid !== undefined) await endProcessGroup(exited.pid, run.graceMs);
      await exited.end;
      return end;
    }
    const late = await Promise.race([outputs.then(() => undefined), limit.reached]);
    return late?.kind === 'timedOut' ? outputLeftOpen(stdout, stderr) : (late ?? end);
  } finally {
    run.running?.end();
    limit.clear();
    letGo(stdout.readEnd);
    letGo(stderr.readEnd);
  }
}

function outputLeftOpen(stdout: OutputPipe, stderr: OutputPipe): ScriptEnd {
  const [stream, pipe] = stdout.readEnd.closed ? (['STDERR', stderr] as const) : (['STDOUT', stdout] as const);
  return { kind: 'outputLeftOpen', stream, holder: pipeHolder(pipe.path) ?? 'a process that it started' };
}

interface Started {
  readonly pid: number | undefined;
  readonly end: Promise<ScriptEnd>;
}

function start(
  { command: [program, ...args], workingDirectory, env, running }: ScriptRun,
  pipes: readonly OutputPipe[],
): Started {
  try {
    const script = spawn(program, args, {
      cwd: workingDirectory,
      env,
      detached: true, // its own session and group: all that it starts can be ended with it
      stdio: ['ignore', ...pipes.map(({ writeEnd }) => writeEnd)],
    });
    if (script.pid !== undefined) running?.begin(script.pid);
    return { pid: script.pid, end: endOf(script, program) };
  } catch (error) {
    return { pid: undefined, end: Promise.resolve(whyNotStarted(error as NodeJS.ErrnoException, program)) };
  }
}

async function endOf(script: ChildProcess, program: string): Promise<ScriptEnd> {
  try {
    const [code, signal] = (await once(script, 'exit')) as [number | null, NodeJS.Signals | null];
    return code === null ? { kind: 'killed', signal: signal ?? 'a signal' } : { kind: 'exited', code };
  } catch (error) {
    return whyNotStarted(error as NodeJS.ErrnoException, program);
  }
}

/** Resolves when nobody can write any more. */
async function readLines(output: Socket, onLine: (line: string) => void): Promise<void> {
  const lines = new LineSplitter(onLine);
  output.on('data', (bytes) => {
    lines.write(bytes);
  });
  await once(output, 'close').catch(() => undefined); // a failing pipe has nothing more to tell
  lines.end();
}

/**
 * What still holds an output is not killed, neither now nor by a broken pipe: its output is read on and thrown away,
 * without keeping the agent from ending.
 */
function letGo(output: Socket): void {
  output.removeAllListeners('data').resume().unref();
}
