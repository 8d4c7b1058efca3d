import { beforeEach, expect, it } from 'vitest';
import { aDeployment, aFailedEvent, anEvent, aTarget, DEPLOYMENT_ID, targets } from '../support/deployments.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();

const line = (eventId: string, second: number, stream: string, message: string): object => ({
  ...{ eventId, message, logStreamName: `${DEPLOYMENT_ID}/${stream}` },
  timestamp: Date.parse('2026-05-04T12:00:00Z') + second * 1000,
});

beforeEach(() => {
  const lifecycleEvents = [anEvent('Install'), aFailedEvent('ApplicationStart')];
  const all = { 'i-0a1': aTarget('i-0a1', { status: 'Failed', lifecycleEvents }) };
  for (const [operation, answer] of Object.entries(targets(all))) aws.on(operation, answer);
  aws.on('GetDeployment', () => aDeployment({ status: 'Failed', applicationName: 'web+api' }));
  aws.on('FilterLogEvents', () => ({
    events: [
      line('2', 2, 'i-0a1/ApplicationStart', '[stdout]starting'),
      line('1', 1, 'i-0a2/ApplicationStop', '[stdout]bye'),
    ],
  }));
});

it('shows what was copied to the log group of the deployment group, by time', async () => {
  const { code, out } = await slipway('logs', DEPLOYMENT_ID);

  expect({ code, out }).toEqual({
    code: 0,
    out: [
      '12:00:01.000  i-0a2  ApplicationStop  [stdout]bye',
      '12:00:02.000  i-0a1  ApplicationStart  [stdout]starting',
    ],
  });
  expect(aws.inputs('FilterLogEvents')).toEqual([
    {
      logGroupName: '/slipway/hook-scripts/web#2bapi/web-fleet',
      logStreamNamePrefix: `${DEPLOYMENT_ID}/`,
      startTime: 0,
    },
  ]);
});

it('asks for the streams of one instance, or picks one event of all', async () => {
  await slipway('logs', DEPLOYMENT_ID, '--instance', 'i-0a1', '--event', 'ApplicationStart');
  const { out } = await slipway('logs', DEPLOYMENT_ID, '--event', 'ApplicationStop');

  expect(aws.inputs('FilterLogEvents').map((input) => input['logStreamNamePrefix'])).toEqual([
    `${DEPLOYMENT_ID}/i-0a1/ApplicationStart`,
    `${DEPLOYMENT_ID}/`,
  ]);
  expect(out).toEqual(['12:00:01.000  i-0a2  ApplicationStop  [stdout]bye']);
});

it('goes on until the deployment ends, and repeats no line', async () => {
  let looks = 0;
  aws.on('GetDeployment', () => aDeployment({ status: looks++ === 0 ? 'InProgress' : 'Succeeded' }));

  const { out } = await slipway('logs', DEPLOYMENT_ID, '--follow');

  expect(out).toHaveLength(2);
  expect(aws.inputs('FilterLogEvents')).toHaveLength(2);
});

it('shows what hosts reported where no log is kept', async () => {
  aws.on('FilterLogEvents', () => {
    throw new Refused('ResourceNotFoundException', 'The specified log group does not exist.');
  });

  const { code, out, err } = await slipway('logs', DEPLOYMENT_ID, '--log-group', '/my/own');

  expect({ code, out, err }).toEqual({
    code: 0,
    out: [
      'i-0a1  ApplicationStart Failed',
      '  ScriptFailed in scripts/start.sh: Script at specified location: scripts/start.sh failed with exit code 1',
      '  | [stdout] starting',
      '  | [stderr] no such port',
    ],
    err: ['There is no log group /my/own: these are the lines that hosts reported.'],
  });
});

it('says so when nothing was printed', async () => {
  aws.on('FilterLogEvents', () => ({ events: [] }));

  const { out, err } = await slipway('logs', DEPLOYMENT_ID, '-e', 'Install');

  expect({ out, err }).toEqual({ out: [], err: ['No hook script printed anything.'] });
});
