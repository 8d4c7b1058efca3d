import { expect, it } from 'vitest';

import { inOrder } from '../../../core/explain/entry.ts';
import { storyOfActivity, storyOfHeartbeat } from '../../../core/explain/surroundings-story.ts';
import { storyOfTarget } from '../../../core/explain/target-story.ts';
import { aLaunch, aTarget } from '../../lambdas/doubles/builders.ts';

const FAILED = {
  lifecycleEventName: 'ApplicationStart',
  status: 'Failed',
  startTime: new Date('2026-05-04T12:01:00.000Z'),
  endTime: new Date('2026-05-04T12:01:02.500Z'),
  diagnostics: { scriptName: 'start.sh', message: 'exit code 3', logTail: 'no port\n\nbye\n' },
};
const settlement = { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: 'ApplicationStart failed' } as const;

it('tells of a launch from its notice to its outcome, each with its reason', () => {
  const target = aTarget({
    request: aLaunch({ noticedAt: '2026-05-04T11:59:58.000Z', autoScalingGroupName: 'blue' }),
    because: 'launches of another failed',
    deadline: '2026-05-05T12:59:58.000Z',
    settlement,
    settledAt: '2026-05-04T12:01:03.000Z',
  });

  const story = storyOfTarget(target, [FAILED, { lifecycleEventName: 'ValidateService', status: 'Skipped' }]);

  expect(story.map(({ at, teller, text, details }) => ({ at: at.slice(11, 19), teller, text, details }))).toEqual([
    {
      at: '11:59:58',
      teller: 'Auto Scaling',
      text: expect.stringMatching(/^holds the instance for its launch by \S+ of blue/) as string,
      details: ['no longer than until 2026-05-05T12:59:58.000Z'],
    },
    {
      at: '12:00:00',
      teller: 'engine',
      text: `opens the launch deployment ${target.deploymentId} of web/web-fleet with s3://revisions/web-1.zip`,
      details: ['launches of another failed'],
    },
    {
      at: '12:01:00',
      teller: 'host',
      text: 'ApplicationStart Failed in 2.5 s',
      details: ['start.sh: exit code 3', 'no port', 'bye'],
    },
    {
      at: '12:01:03',
      teller: 'engine',
      text: `ends ${target.deploymentId} as Failed, and answers Auto Scaling with ABANDON`,
      details: ['ApplicationStart failed', 'not run: ValidateService'],
    },
  ]);
});

it('never tells a token', () => {
  const target = aTarget({ request: aLaunch({ lifecycleActionToken: 'secret-of-the-action' }) });

  expect(JSON.stringify(storyOfTarget(target, []))).not.toContain('secret-of-the-action');
});

it('ends with what is known while a deployment runs', () => {
  const story = storyOfTarget(aTarget(), [{ ...FAILED, status: 'InProgress', endTime: undefined }]);

  expect(story.at(-1)?.text).toBe('ApplicationStart InProgress');
});

it('puts what others tell where it belongs in time', () => {
  const target = aTarget();
  const activity = {
    description: 'Launching a new EC2 instance: i-1',
    cause: 'a person wished so',
    status: 'Successful',
    startedAt: '2026-05-04T11:59:00.000Z',
    endedAt: '2026-05-04T12:09:00.000Z',
  };

  const story = inOrder([
    ...storyOfTarget(target, [FAILED]),
    storyOfHeartbeat(target, '2026-05-04T12:04:50.000Z'),
    ...storyOfActivity('i-1', activity),
  ]);

  expect(story.map(({ teller }) => teller).join()).toMatch(/^Auto Scaling,.*host,engine,Auto Scaling$/);
  expect(story[0]?.details).toEqual(['a person wished so']);
});
