import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, afterEach } from 'vitest';
import { writeTree } from './files.ts';
import type { PretendCloud } from './pretend-cloud.ts';

const MAIN = fileURLToPath(new URL('../../../agent/main.ts', import.meta.url));
const BUNDLES = mkdtempSync(join(tmpdir(), 'slipway-agent-bundle-'));
const children: ChildProcess[] = [];

/** An agent process as a service manager starts it. */
export interface RunningAgent {
  /** @returns the exit code, or the signal */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>;
  /** The exit code, or the signal. */
  readonly exited: Promise<number | string>;
  /** Resolves once its log has these words. */
  says(words: string): Promise<void>;
  readonly pid: number;
  /** All that it printed; complete once it has ended. */
  readonly output: Promise<string>;
}

/**
 * Starts the agent on a host, which is a directory, and against a pretend cloud.
 * @param disk a command line in front of the agent's, that gives it another view of the host's disk
 * @param program the agent. @default its bundle, on the Node.js of this process
 */
export function startAgent(
  host: string,
  cloud: PretendCloud,
  settings = '',
  disk: readonly string[] = [],
  program: readonly string[] = bundledAgent(),
): RunningAgent {
  writeTree(host, { 'etc/slipway/agent.yml': `deploy_control_endpoint: ${cloud.url}/a-secret-path/\n${settings}` });
  const [command = '', ...args] = [...disk, ...program];
  const child = spawn(command, args, {
    env: {
      PATH: process.env['PATH'],
      DESTDIR: host,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: cloud.url,
      AWS_ENDPOINT_URL: cloud.url,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const exited = once(child, 'exit').then(([code, killedBy]) => (code ?? killedBy ?? '') as number | string);
  return {
    exited,
    says: async (words) => {
      const log = join(host, 'var/log/slipway/slipway-agent.log');
      while (!existsSync(log) || !readFileSync(log, 'utf8').includes(words)) await sleep(10);
    },
    pid: child.pid ?? 0,
    output: text(child.stdout),
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** The end of an agent that answers a question and exits. */
export interface AgentRun {
  /** What it printed. */
  readonly text: string;
  readonly exitCode: number | null;
}

/** Runs the agent on a host with arguments that keep it from staying. */
export function runAgent(host: string, ...args: readonly string[]): AgentRun {
  const [command = '', ...bundle] = bundledAgent();
  const env = { PATH: process.env['PATH'], DESTDIR: host };
  const { stdout, status } = spawnSync(command, [...bundle, ...args], { env, encoding: 'utf8' });
  return { text: stdout, exitCode: status };
}

function bundledAgent(): readonly string[] {
  bundle ??= bundleAgent();
  return [process.execPath, bundle];
}

/** The agent in one file, as it is shipped: what is tested is what runs, and it starts in a third of the time. */
function bundleAgent(): string {
  const outfile = join(BUNDLES, 'agent.mjs');
  const require = "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);";
  buildSync({ entryPoints: [MAIN], outfile, bundle: true, platform: 'node', format: 'esm', banner: { js: require } });
  return outfile;
}

let bundle: string | undefined;

afterAll(() => {
  rmSync(BUNDLES, { recursive: true, force: true });
});

/** Where a host keeps what its agent remembers. */
export const rootOf = (host: string): string => join(host, 'opt/slipway/deployment-root');

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
