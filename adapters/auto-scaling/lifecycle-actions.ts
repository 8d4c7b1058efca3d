import {
  type AutoScalingClient,
  AutoScalingServiceException,
  CompleteLifecycleActionCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';

import type { LifecycleAction, LifecycleActionResult } from '../../core/lifecycle-action.ts';

/** Lifecycle actions in Auto Scaling's hands. `gone`: it does not know the action, or not any more. */
export interface LifecycleActions {
  complete(action: LifecycleAction, result: LifecycleActionResult): Promise<'done' | 'gone'>;
  heartbeat(action: LifecycleAction): Promise<'done' | 'gone'>;
}

export class AutoScalingLifecycleActions implements LifecycleActions {
  readonly #client: AutoScalingClient;

  constructor(client: AutoScalingClient) {
    this.#client = client;
  }

  complete(action: LifecycleAction, result: LifecycleActionResult): Promise<'done' | 'gone'> {
    return unlessGone(
      this.#client.send(new CompleteLifecycleActionCommand({ ...identity(action), LifecycleActionResult: result })),
    );
  }

  heartbeat(action: LifecycleAction): Promise<'done' | 'gone'> {
    return unlessGone(this.#client.send(new RecordLifecycleActionHeartbeatCommand(identity(action))));
  }
}

/** Token and instance: the token finds the action, the instance makes the call readable in CloudTrail. */
function identity(action: LifecycleAction) {
  return {
    AutoScalingGroupName: action.autoScalingGroupName,
    LifecycleHookName: action.lifecycleHookName,
    LifecycleActionToken: action.lifecycleActionToken,
    InstanceId: action.instanceId,
  };
}

async function unlessGone(call: Promise<unknown>): Promise<'done' | 'gone'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * A group, hook or action that is no more, all reported as `ValidationError`, which the service model does not even
 * name: only the text tells one from the other, and from a mistake of ours.
 */
function isGone(error: unknown): boolean {
  return (
    error instanceof AutoScalingServiceException &&
    error.name === 'ValidationError' &&
    /No active Lifecycle Action found|AutoScalingGroup name not found|No Lifecycle Hook found/i.test(error.message)
  );
}
