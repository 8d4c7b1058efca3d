import { expect, it } from 'vitest';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();
const entries = [
  { at: '2026-05-04T23:59:58.000Z', teller: 'Auto Scaling', instanceId: 'i-1', text: 'holds the instance' },
  { at: '2026-05-05T00:00:01.000Z', teller: 'host', instanceId: 'i-1', text: 'Install Failed', details: ['no space'] },
];

it('tells what happened in order, by days', async () => {
  aws.on('Explain', () => ({ subject: 'i-1', entries }));

  const { code, out } = await slipway('explain', 'i-1', '--api-url', aws.url);

  expect({ code, out }).toEqual({
    code: 0,
    out: [
      '2026-05-04 UTC',
      '23:59:58  Auto Scaling  holds the instance',
      '2026-05-05 UTC',
      '00:00:01  host          Install Failed',
      '                        no space',
    ],
  });
  expect(aws.inputs('Explain')).toEqual([{ subject: 'i-1' }]);
});

it('names the hosts where there are several', async () => {
  aws.on('Explain', () => ({ subject: 'd-1', entries: [{ ...entries[0], instanceId: 'i-2' }, entries[1]] }));

  const { out } = await slipway('explain', 'd-1', '--api-url', aws.url);

  expect(out[1]).toBe('23:59:58  Auto Scaling  i-2  holds the instance');
});

it('prints one JSON document', async () => {
  aws.on('Explain', () => ({ subject: 'i-1', entries }));

  const { out } = await slipway('explain', 'i-1', '--json', '--api-url', aws.url);

  expect(JSON.parse(out.join(''))).toEqual({ subject: 'i-1', entries });
});

it('says that nothing is on record', async () => {
  aws.on('Explain', () => {
    throw new Refused('InstanceDoesNotExistException', 'No deployment to i-9 is on record');
  });

  const { code, err } = await slipway('explain', 'i-9', '--api-url', aws.url);

  expect({ code, err }).toEqual({
    code: 1,
    err: ['slipway explain: InstanceDoesNotExist: No deployment to i-9 is on record'],
  });
});

it('wants one subject', async () => {
  expect((await slipway('explain')).code).toBe(2);
  expect((await slipway('explain', 'i-1', 'i-2')).code).toBe(2);
});
