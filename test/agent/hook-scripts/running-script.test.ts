import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identifyGroupLeader } from '../../../agent/hook-scripts/process-identity.ts';
import { RunningScript } from '../../../agent/hook-scripts/running-script.ts';
import { jsonLinesLog } from '../../../agent/log/agent-log.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const log = jsonLinesLog(() => undefined, { verbose: false });
const children: ChildProcess[] = [];
let file: string;

beforeEach(() => {
  file = join(temporaryDirectory(), 'root', 'running-script.json');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that leads a group of its own, as a hook script does. */
async function aScript(command = 'sleep 30'): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn('sh', ['-c', `${command}; true`], { detached: true, stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  return child as ChildProcess & { readonly pid: number };
}

it('a script that outlived its agent is ended, even if it ignores SIGTERM', async () => {
  const ready = join(temporaryDirectory(), 'ready');
  const script = await aScript(`trap '' TERM; touch ${ready}; sleep 30; sleep 30`);
  while (!existsSync(ready)) await sleep(5);
  const exit = once(script, 'exit');
  new RunningScript(file).begin(script.pid);

  await new RunningScript(file).endOrphan(100, log);

  expect((await exit)[1]).toBe('SIGKILL');
  expect(existsSync(file)).toBe(false);
});

it.each([
  ['began at another time', { startTicks: '1' }],
  ['ran before the system was started', { bootId: 'another' }],
])('a process is left alone when the recorded one %s', async (_what, difference) => {
  const process = await aScript();
  new RunningScript(file).begin(process.pid);
  writeFileSync(file, JSON.stringify({ ...identifyGroupLeader(process.pid), ...difference }));

  await new RunningScript(file).endOrphan(100, log);

  expect(identifyGroupLeader(process.pid)).toBeDefined();
});

it('what a script started is left alone once the script itself has ended', async () => {
  const pidFile = join(temporaryDirectory(), 'application.pid');
  const script = await aScript(`sleep 30 & echo $! > ${pidFile}; exit 0`);
  new RunningScript(file).begin(script.pid);
  await once(script, 'exit');

  await new RunningScript(file).endOrphan(100, log);

  expect(process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')).toBe(true);
});

it('nothing is ended where no script ran, or the record is damaged', async () => {
  await new RunningScript(file).endOrphan(100, log);
  new RunningScript(file).begin(process.pid);
  writeFileSync(file, '{"pid":');

  await new RunningScript(file).endOrphan(100, log);

  expect(existsSync(file)).toBe(false);
});

it('a script that has ended is on record no more', async () => {
  const running = new RunningScript(file);
  const script = await aScript();

  running.begin(script.pid);
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  running.end();

  expect(recorded).toEqual(identifyGroupLeader(script.pid));
  expect(existsSync(file)).toBe(false);
});
