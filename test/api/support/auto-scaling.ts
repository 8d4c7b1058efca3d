import {
  AutoScalingClient,
  AutoScalingServiceException,
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  type LifecycleHook,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach } from 'vitest';

/** Auto Scaling, as far as hooks go. */
export interface FakeAutoScaling {
  /** Hooks by their names, by the names of the groups that there are. */
  readonly groups: Map<string, Map<string, LifecycleHook>>;
  /** Calls that fail, by the name of the command, with the error that they fail with. */
  readonly failures: Map<string, AutoScalingServiceException>;
}

/** Auto Scaling for the tests of a file, each of which begins with the groups `blue` and `green`. */
export function fakeAutoScaling(): FakeAutoScaling {
  const client = mockClient(AutoScalingClient);
  const fake: FakeAutoScaling = { groups: new Map(), failures: new Map() };
  const hooksOf = (name: string | undefined, command: string) => {
    const failure = fake.failures.get(command);
    if (failure) throw failure;
    const hooks = fake.groups.get(name ?? '');
    if (!hooks) throw autoScalingError('ValidationError', `AutoScalingGroup name not found - ${name}`);
    return hooks;
  };

  beforeEach(() => {
    fake.failures.clear();
    fake.groups.clear();
    for (const name of ['blue', 'green']) fake.groups.set(name, new Map());
    client.reset();
    client
      .on(DescribeAutoScalingGroupsCommand)
      .callsFake(({ AutoScalingGroupNames: names = [...fake.groups.keys()] }) => ({
        AutoScalingGroups: [...fake.groups.keys()]
          .filter((name) => (names as string[]).includes(name))
          .map((AutoScalingGroupName) => ({ AutoScalingGroupName })),
      }));
    client
      .on(DescribeLifecycleHooksCommand)
      .callsFake(({ AutoScalingGroupName: name }: { AutoScalingGroupName: string }) => ({
        LifecycleHooks: [...hooksOf(name, 'DescribeLifecycleHooks').values()],
      }));
    client.on(PutLifecycleHookCommand).callsFake((hook: LifecycleHook) => {
      hooksOf(hook.AutoScalingGroupName, 'PutLifecycleHook').set(hook.LifecycleHookName ?? '', hook);
      return {};
    });
    client.on(DeleteLifecycleHookCommand).callsFake((hook: LifecycleHook) => {
      const hooks = hooksOf(hook.AutoScalingGroupName, 'DeleteLifecycleHook');
      if (hooks.delete(hook.LifecycleHookName ?? '')) return {};
      throw autoScalingError('ValidationError', `No Lifecycle Hook found with name: ${hook.LifecycleHookName}`);
    });
  });
  return fake;
}

export function autoScalingError(name: string, message: string): AutoScalingServiceException {
  return new AutoScalingServiceException({ name, message, $fault: 'client', $metadata: {} });
}
