import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { LineSplitter } from './line-splitter.ts';
import { endProcessGroup } from './process-group.ts';
import type { Command } from './script-command.ts';
import type { ScriptEnd } from './script-end.ts';
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
  onLine(stream: 'stdout' | 'stderr', line: string): void;
}

type Script = ChildProcessByStdio<null, Readable, Readable>;

/** Runs a script as the leader of a process group of its own, without input, and tells how it ended. */
export async function runScript(run: ScriptRun): Promise<ScriptEnd> {
  const [program] = run.command;
  let script: Script;
  try {
    script = start(run);
  } catch (error) {
    return whyNotStarted(error as NodeJS.ErrnoException, program);
  }
  const outputs = readOutputs(script, run);
  const exited = exitOf(script, program);
  const limit = startLimit(run);
  try {
    const end = await Promise.race([exited, limit.reached]);
    if (end.kind === 'timedOut' || end.kind === 'interrupted') {
      if (script.pid !== undefined) await endProcessGroup(script.pid, run.graceMs);
      await exited;
      return end;
    }
    const late = await Promise.race([outputs, limit.reached]);
    return late ? leftOpen(script, late) : end;
  } finally {
    limit.clear();
    letGo(script);
  }
}

function start({ command: [program, ...args], workingDirectory, env }: ScriptRun): Script {
  return spawn(program, args, {
    cwd: workingDirectory,
    env,
    detached: true, // its own session and group: all that it starts can be ended with it
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function exitOf(script: Script, program: string): Promise<ScriptEnd> {
  try {
    const [code, signal] = (await once(script, 'exit')) as [number | null, NodeJS.Signals | null];
    return code === null ? { kind: 'killed', signal: signal ?? 'a signal' } : { kind: 'exited', code };
  } catch (error) {
    return whyNotStarted(error as NodeJS.ErrnoException, program);
  }
}

/** Resolves when both outputs are closed. */
async function readOutputs(script: Script, { onLine }: ScriptRun): Promise<undefined> {
  const read = async (stream: 'stdout' | 'stderr'): Promise<void> => {
    const lines = new LineSplitter((line) => {
      onLine(stream, line);
    });
    script[stream].on('data', (bytes: Buffer) => {
      lines.write(bytes);
    });
    await once(script[stream], 'close').catch(() => undefined); // a failing pipe has nothing more to tell
    lines.end();
  };
  await Promise.all([read('stdout'), read('stderr')]);
}

interface Limit {
  readonly reached: Promise<{ readonly kind: 'timedOut' } | { readonly kind: 'interrupted' }>;
  clear(): void;
}

function startLimit({ timeoutMs, signal }: ScriptRun): Limit {
  const { promise, resolve } = Promise.withResolvers<Awaited<Limit['reached']>>();
  const interrupt = (): void => {
    resolve({ kind: 'interrupted' });
  };
  const timer = setTimeout(
    () => {
      resolve({ kind: 'timedOut' });
    },
    Math.min(timeoutMs, 2 ** 31 - 1),
  );
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  return {
    reached: promise,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
    },
  };
}

function leftOpen(script: Script, limit: Awaited<Limit['reached']>): ScriptEnd {
  if (limit.kind === 'interrupted') return limit;
  return { kind: 'outputLeftOpen', stream: script.stdout.closed ? 'STDERR' : 'STDOUT' };
}

/**
 * What still holds an output is not killed, neither now nor by a broken pipe: its output is read on and thrown away,
 * without keeping the agent from ending.
 */
function letGo(script: Script): void {
  for (const stream of [script.stdout, script.stderr]) {
    stream.removeAllListeners('data').resume();
    (stream as Readable & { unref?: () => void }).unref?.();
  }
  script.unref();
}
