import type { Course } from '../course.ts';

/** An instance of the group, drawn by lot. @param state all of them must be in. @default any */
export function aMember({ group, lots }: Course, state?: string): string | undefined {
  const ids = [...group.members.values()]
    .filter(({ lifecycleState }) => state === undefined || lifecycleState === state)
    .map(({ instanceId }) => instanceId);
  const [first, ...others] = ids;
  return first === undefined ? undefined : lots.pick([first, ...others]);
}

/** The machine ends, and Auto Scaling learns it afterwards. */
export function vanish(course: Course, instanceId = aMember(course)): Promise<string | undefined> {
  if (instanceId !== undefined) void course.world.instances.terminate(instanceId);
  return Promise.resolve(instanceId);
}

export function declareUnhealthy(course: Course, instanceId?: string): Promise<string | undefined> {
  const InstanceId = instanceId ?? aMember(course, 'InService');
  return ask(course, 'SetInstanceHealth', InstanceId, { HealthStatus: 'Unhealthy' });
}

export function terminate(course: Course, instanceId = aMember(course)): Promise<string | undefined> {
  const input = { ShouldDecrementDesiredCapacity: false };
  return ask(course, 'TerminateInstanceInAutoScalingGroup', instanceId, input);
}

async function ask(
  { world }: Course,
  operation: string,
  InstanceId: string | undefined,
  input: Record<string, unknown>,
): Promise<string | undefined> {
  if (InstanceId === undefined) return undefined;
  const call = world.autoScaling.operations[operation]?.({ InstanceId, ...input });
  await call?.catch(() => undefined); // it may be leaving already
  return InstanceId;
}
