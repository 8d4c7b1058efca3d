import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real command as a process of its own. */
export interface CommandProcess {
  /** Resolves once standard output matches; rejects when the process ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Runs the real command as a process of its own. */
export async function slipwayProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startSlipway(args, env).ended;
}

export function startSlipway(args: readonly string[], env: NodeJS.ProcessEnv = {}): CommandProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
  const closed = once(child, 'close') as Promise<[number | null]>;
  const ended = closed.then(([code]) => ({ code, out, err }));
  return {
    ended,
    signal: (name) => child.kill(name),
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(out);
          if (found) resolve(found);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ code }) => reject(new Error(`It ended with ${code}, and said only: ${out}${err}`)));
      }),
  };
}
