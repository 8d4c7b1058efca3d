import {
  AutoScalingClient,
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  type LifecycleHook,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import type { Rehearsal } from '../rehearsal/index.ts';

/** Somebody with every right, who does to hooks what people do to them. */
export class HookBreaker {
  readonly #autoScaling: AutoScalingClient;
  readonly #autoScalingGroupName: string;

  constructor({ endpoint, region }: Rehearsal, autoScalingGroupName: string) {
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    this.#autoScaling = new AutoScalingClient({ endpoint, region, credentials });
    this.#autoScalingGroupName = autoScalingGroupName;
  }

  async hooks(): Promise<readonly LifecycleHook[]> {
    const input = { AutoScalingGroupName: this.#autoScalingGroupName };
    const { LifecycleHooks = [] } = await this.#autoScaling.send(new DescribeLifecycleHooksCommand(input));
    return LifecycleHooks;
  }

  async delete(LifecycleHookName: string): Promise<void> {
    const AutoScalingGroupName = this.#autoScalingGroupName;
    await this.#autoScaling.send(new DeleteLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName }));
  }

  /** Writes a hook; what is not given stays as it is. */
  async put(hook: LifecycleHook): Promise<void> {
    const AutoScalingGroupName = this.#autoScalingGroupName;
    const { GlobalTimeout: _, ...input } = hook;
    await this.#autoScaling.send(
      new PutLifecycleHookCommand({
        ...input,
        AutoScalingGroupName,
        LifecycleHookName: hook.LifecycleHookName,
      }),
    );
  }
}
