import { expect, it } from 'vitest';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();
const examined = { autoScalingGroups: 2, deploymentGroups: 1 };
const finding = {
  name: 'HookMissing',
  problem: 'blue has no hook slipway-launch.',
  remedy: 'slipway doctor --fix puts it as the API installed it.',
  canBeMended: true,
};

it('says that all is well', async () => {
  aws.on('Examine', () => ({ examined, findings: [] }));

  const { code, out } = await slipway('doctor', '--api-url', aws.url);

  expect({ code, out }).toEqual({ code: 0, out: ['2 Auto Scaling groups, 1 deployment group: all is well'] });
});

it('fails for findings, each with its remedy', async () => {
  aws.on('Examine', () => ({ examined, findings: [finding] }));

  const { code, out } = await slipway('doctor', '--api-url', aws.url, '--auto-scaling-group', 'blue');

  expect(code).toBe(1);
  expect(out.join('\n').split('\n')).toEqual([
    'HookMissing',
    '  blue has no hook slipway-launch.',
    '  → slipway doctor --fix puts it as the API installed it.',
    '2 Auto Scaling groups, 1 deployment group: 1 finding',
  ]);
  expect(aws.inputs('Examine')).toEqual([{ autoScalingGroupName: 'blue' }]);
});

it('succeeds where all could be mended, and tells what could not', async () => {
  aws.on('MendFindings', () => ({ examined, findings: [], mended: [finding, { ...finding, failure: 'it is full' }] }));

  const { code, out } = await slipway('doctor', '--fix', '--api-url', aws.url);

  expect(code).toBe(0);
  expect(out.join('\n')).toContain('mended HookMissing');
  expect(out.join('\n')).toContain('not mended HookMissing\n  blue has no hook slipway-launch.\n  it is full');
});

it('prints one JSON document', async () => {
  aws.on('Examine', () => ({ examined, findings: [finding] }));

  const { out } = await slipway('doctor', '--json', '--api-url', aws.url);

  expect(JSON.parse(out.join(''))).toEqual({ examined, findings: [finding] });
});

it('tells a pipeline that nobody could look from that something is wrong', async () => {
  aws.on('Examine', () => {
    throw new Refused('AccessDeniedException', 'no');
  });

  const { code, err } = await slipway('doctor', '--api-url', aws.url);

  expect({ code, err }).toEqual({ code: 3, err: ['slipway doctor: AccessDenied: no'] });
});
