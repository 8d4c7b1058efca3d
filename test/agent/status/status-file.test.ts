import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StatusFile } from '../../../agent/status/status-file.ts';
import type { AgentStatus } from '../../../agent/status/agent-status.ts';
import * as atomically from '../../../agent/state/write-atomically.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const AGENT = { version: '1.2.3', process: undefined, startedAtMs: 0, commandService: 'commands' };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function openFile(directory = temporaryDirectory()): { status: StatusFile; path: string; read: () => AgentStatus } {
  const path = join(directory, 'agent-status.json');
  const status = new StatusFile(path, AGENT, () => Date.now());
  return { status, path, read: () => JSON.parse(readFileSync(path, 'utf8')) as AgentStatus };
}

it('tells all that changed by the time it is closed', async () => {
  const { status, read } = openFile();

  status.isHost('i-0abc');
  status.answered();
  status.begins('d-ABCDEF123', 'Install');
  status.problem('a full disk');
  await status.close();

  expect(read()).toEqual({
    ...AGENT,
    hostIdentifier: 'i-0abc',
    answeredAtMs: 0,
    underWay: { deploymentId: 'd-ABCDEF123', event: 'Install', sinceMs: 0 },
    lastProblem: { text: 'a full disk', atMs: 0 },
  });
});

it('forgets an event that has ended, and a failure once there is an answer', async () => {
  const { status, read } = openFile();
  status.begins('d-ABCDEF123', 'Install');
  status.notAnswered();

  status.ends();
  status.answered();
  await status.close();

  expect(read()).toEqual({ ...AGENT, answeredAtMs: 0 });
});

it('keeps the moment from which on the command service failed', async () => {
  const { status, read } = openFile();
  status.notAnswered();
  vi.advanceTimersByTime(90_000);

  status.notAnswered();
  await status.close();

  expect(read().failingSinceMs).toBe(0);
});

it('is written once a second at most while much happens, and twice a minute while nothing does', async () => {
  const write = vi.spyOn(atomically, 'writeAtomically');
  const { status } = openFile();
  vi.advanceTimersByTime(0);
  status.answered();

  for (let n = 0; n < 10; n += 1) {
    status.begins('d-ABCDEF123', 'Install');
    status.ends();
    vi.advanceTimersByTime(100);
  }
  await status.close();
  const whileBusy = write.mock.calls.length;
  for (let n = 0; n < 8; n += 1) {
    vi.advanceTimersByTime(15_000);
    status.answered();
  }
  await status.close();

  expect(whileBusy).toBeLessThanOrEqual(3);
  expect(write.mock.calls.length - whileBusy).toBeLessThanOrEqual(5);
});

it('on a disk that does not take it disturbs nobody', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'root'), 'a file where a directory should be');
  const { status } = openFile(join(directory, 'root'));

  status.answered();

  await expect(status.close()).resolves.toBeUndefined();
});
