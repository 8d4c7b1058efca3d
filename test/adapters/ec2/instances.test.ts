import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';

import { Ec2Instances } from '../../../adapters/ec2/instances.ts';

const ec2 = mockClient(EC2Client);
beforeEach(() => ec2.reset());

const instances = new Ec2Instances(new EC2Client({ region: 'us-east-1' }));

it('those are gone that EC2 no longer shows alive, whether it still knows them or not', async () => {
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{ InstanceId: 'i-alive' }] }] });

  expect(await instances.gone(['i-dead', 'i-alive', 'i-forgotten'])).toEqual(['i-dead', 'i-forgotten']);
});

it('two hundred are asked for at a time, and nothing where nobody is', async () => {
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });

  await instances.gone([]);
  const gone = await instances.gone(Array.from({ length: 201 }, (_, number) => `i-${number}`));

  expect(gone).toHaveLength(201);
  expect(ec2.commandCalls(DescribeInstancesCommand)).toHaveLength(2);
});
