import { expect, it } from 'vitest';
import type { HttpRequest, HttpResponse, Send } from '../../../agent/http/send.ts';
import { jsonLinesLog } from '../../../agent/log/agent-log.ts';
import { watchedLog, watchedSend } from '../../../agent/status/watch.ts';

const answering =
  (status: number): Send =>
  () =>
    Promise.resolve({ status } as HttpResponse);
const failing: Send = () => Promise.reject(new Error('no route'));

function request(signal?: AbortSignal): HttpRequest {
  return { method: 'POST', url: new URL('https://commands/'), timeoutMs: 1000, ...(signal ? { signal } : {}) };
}

/** A status that notes what it is told. */
function aStatus() {
  const told: string[] = [];
  return {
    told,
    answered: () => told.push('answered'),
    notAnswered: () => told.push('not answered'),
    problem: (text: string) => told.push(text),
  };
}

it.each([
  ['succeeds', answering(200), 'answered'],
  ['is refused', answering(403), 'not answered'],
  ['reaches nobody', failing, 'not answered'],
])('learns of a call that %s', async (_, send, expected) => {
  const status = aStatus();

  await watchedSend(send, status)(request()).catch(() => undefined);

  expect(status.told).toEqual([expected]);
});

it('learns nothing of a call that the agent itself broke off', async () => {
  const status = aStatus();

  await watchedSend(failing, status)(request(AbortSignal.abort())).catch(() => undefined);

  expect(status.told).toEqual([]);
});

it('learns of warnings and errors, with their reasons, and leaves the log as it is', () => {
  const status = aStatus();
  const lines: string[] = [];
  const log = watchedLog(
    jsonLinesLog((line) => lines.push(line), { verbose: false }),
    status,
  );

  log.info('lifecycle event begins');
  log.warn('the command service cannot be used', { failures: 1, error: 'no route' });
  log.error('a completion was not accepted');

  expect(status.told).toEqual(['the command service cannot be used: no route', 'a completion was not accepted']);
  expect(lines).toHaveLength(3);
});
