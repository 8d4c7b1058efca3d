import { expect, it } from 'vitest';
import type { AgentStatus } from '../../../agent/status/agent-status.ts';
import { describeStatus } from '../../../agent/status/describe-status.ts';

const NOON = Date.parse('2026-02-19T12:00:00Z');
const MINUTE = 60_000;

function aStatus(status: Partial<AgentStatus> = {}): AgentStatus {
  return {
    version: '1.2.3',
    process: { pid: 4711, startTicks: '1', bootId: 'a-boot' },
    startedAtMs: NOON - 180 * MINUTE,
    commandService: 'abc.lambda-url.eu-west-1.on.aws',
    hostIdentifier: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc',
    answeredAtMs: NOON - 4_000,
    ...status,
  };
}

it('of an agent that rests tells who it is and when it was last answered', () => {
  const report = describeStatus(aStatus(), true, NOON);

  expect(report).toEqual({
    exitCode: 0,
    text: `agent            1.2.3, running as process 4711
started          2026-02-19T09:00:00.000Z (3 h ago)
host             arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc
command service  abc.lambda-url.eu-west-1.on.aws
last answer      2026-02-19T11:59:56.000Z (4 s ago)
`,
  });
});

it('of an agent at work names the lifecycle event', () => {
  const underWay = { deploymentId: 'd-ABCDEF123', event: 'ApplicationStart', sinceMs: NOON - 5 * MINUTE };

  const { text, exitCode } = describeStatus(aStatus({ underWay }), true, NOON);

  expect(text).toContain(
    'under way        ApplicationStart of d-ABCDEF123, since 2026-02-19T11:55:00.000Z (5 min ago)\n',
  );
  expect(exitCode).toBe(0);
});

it.each([
  ['has never answered', aStatus({ answeredAtMs: undefined }), 'last answer      none yet\n'],
  [
    'does not answer any more',
    aStatus({ failingSinceMs: NOON - 2 * MINUTE }),
    'failing since    2026-02-19T11:58:00.000Z (2 min ago)\n',
  ],
])('of an agent whose command service %s is no success', (_, status, line) => {
  const { text, exitCode } = describeStatus(status, true, NOON);

  expect(text).toContain(line);
  expect(exitCode).toBe(4);
});

it('of an agent that is gone tells what it left behind, and its last problem', () => {
  const underWay = { deploymentId: 'd-ABCDEF123', event: 'Install', sinceMs: NOON - 48 * 60 * MINUTE };
  const lastProblem = { text: 'the command service cannot be used: AccessDeniedException', atMs: NOON - MINUTE };

  const { text, exitCode } = describeStatus(aStatus({ underWay, lastProblem }), false, NOON);

  expect(text).toContain('agent            1.2.3, not running\n');
  expect(text).toContain('left behind      Install of d-ABCDEF123, since 2026-02-17T12:00:00.000Z (2 d ago)\n');
  expect(text).toContain(
    'last problem     2026-02-19T11:59:00.000Z (60 s ago) the command service cannot be used: AccessDeniedException\n',
  );
  expect(exitCode).toBe(3);
});
