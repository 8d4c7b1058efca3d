import type { Course } from '../course.ts';

/** Somebody stops an execution in the console of Step Functions. */
export async function stopExecution({ world, lots }: Course): Promise<string | undefined> {
  const { account, operations } = world.machines;
  const running = [...account.executions.values()].filter(
    ({ status, plan }) => status === 'RUNNING' && plan.mapRunArn === undefined,
  );
  const [first, ...others] = running;
  if (!first) return undefined;
  const executionArn = lots.pick([first, ...others]).plan.arn;
  await operations['StopExecution']?.({ executionArn });
  return executionArn.split(':').slice(-2).join(':');
}

/** Something in the queue that no hook has sent. */
export function poison(course: Course): Promise<string> {
  const body = course.lots.pick([
    'not JSON',
    '[]',
    '{"LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING","NotificationMetadata":"{\\"slipway\\":1}"}',
  ]);
  course.poison.push(body);
  course.world.queue.send(body);
  return Promise.resolve(body);
}
