import { CompleteLifecycleActionCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { expect, it } from 'vitest';
import { aHook, startFleet } from './fleet.ts';

it('launches three hundred instances at once, each with one action of its own', async () => {
  const fleet = await startFleet({ speed: 20 });
  await fleet.createGroup({
    MaxSize: '1000',
    DesiredCapacity: '0',
    LifecycleHookSpecificationList: [aHook({ HeartbeatTimeout: 7200 })],
  });
  await fleet.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 300 }));
  const messages = await fleet.until(() => fleet.messages().length === 300 && fleet.messages(), '300 messages');

  for (const { EC2InstanceId, LifecycleActionToken } of messages) {
    await fleet.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'launch',
        InstanceId: EC2InstanceId,
        LifecycleActionToken,
        LifecycleActionResult: 'CONTINUE',
      }),
    );
  }

  expect(new Set(messages.map(({ LifecycleActionToken }) => LifecycleActionToken)).size).toBe(300);
  expect(fleet.states().filter((state) => state === 'InService')).toHaveLength(300);
  await fleet.close();
});
