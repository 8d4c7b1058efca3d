import { expect, it } from 'vitest';
import { WITHDRAWN } from '../../../agent/hook-scripts/script-limit.ts';
import type { Send } from '../../../agent/http/send.ts';
import { jsonLinesLog } from '../../../agent/log/agent-log.ts';
import { carryOutEvent } from '../../../agent/loop/carry-out-event.ts';
import { endedBy } from '../../../agent/loop/ended-by.ts';
import { tellingProgress } from '../../../agent/loop/tell-progress.ts';
import { anEquipment, aSpecification } from '../support/equipment.ts';

const timing = { now: Date.now, random: () => 0, pause: () => Promise.resolve() };

it('reaches the work of a command with the next report of its progress', async () => {
  const told: string[] = [];
  const log = jsonLinesLog((line) => told.push(line), { verbose: false });
  const statuses = ['InProgress', 'Failed'] as const;
  let reports = 0;
  const service = { update: () => Promise.resolve({ status: statuses[reports++], reportAfterSeconds: undefined }) };

  const reason = await tellingProgress('a-command', { service, timing, log }, (withdrawn) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    withdrawn.addEventListener('abort', () => {
      resolve(withdrawn.reason);
    });
    return promise;
  });

  expect(reason).toBe(WITHDRAWN);
  expect(reports).toBe(2);
  expect(told.join()).toContain('the command under way was withdrawn');
});

it('ends a download that waits for its source', async () => {
  const withdrawal = new AbortController();
  const send: Send = ({ signal }) => {
    const { promise, reject } = Promise.withResolvers<never>();
    signal?.addEventListener('abort', () => {
      reject(new Error('broken off'));
    });
    withdrawal.abort(WITHDRAWN);
    return promise;
  };
  const { sources, ...equipment } = anEquipment();
  const repository = { account: 'acme', repository: 'web', commitId: 'a'.repeat(40) };

  const outcome = await carryOutEvent(
    'DownloadBundle',
    aSpecification({ revision: { type: 'GitHub', bundleType: 'zip', ...repository } }),
    endedBy(withdrawal.signal, { ...equipment, sources: { ...sources, send } }),
  );

  expect(outcome).toMatchObject({
    status: 'Failed',
    diagnostics: { message: expect.stringContaining('broken off') as string },
  });
});
