import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyAssembly, grantsOf } from '../../../stories/permissions/withdraw.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const TEMPLATE = {
  Resources: {
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyDocument: {
          Statement: ['sqs:SendMessage', 's3:GetObject'].map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
        },
      },
    },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { DesiredCapacity: '2', MaxSize: '6' } },
  },
};

it('copies an assembly without one grant, with as many instances as a chapter wants, and all else as it was', async () => {
  const directory = temporaryDirectory();
  const [whole, copy] = [join(directory, 'whole'), join(directory, 'copy')];
  await mkdir(whole);
  await writeFile(join(whole, 'Stack.template.json'), JSON.stringify(TEMPLATE));
  await writeFile(join(whole, 'manifest.json'), '{}');
  const [withdrawn] = await grantsOf(whole);

  await copyAssembly(whole, copy, { withdrawn, desiredCapacity: 0 });

  const [left, ...others] = await grantsOf(copy);
  expect([left?.name, left?.text, others]).toEqual(['Policy #1', 'Allow s3:GetObject', []]);
  const { Resources } = JSON.parse(await readFile(join(copy, 'Stack.template.json'), 'utf8')) as typeof TEMPLATE;
  expect(Resources.Group.Properties).toEqual({ DesiredCapacity: '0', MaxSize: '6' });
  expect(await readFile(join(copy, 'manifest.json'), 'utf8')).toBe('{}');
});
