import {
  AutoScalingClient,
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  type LifecycleHook,
  PutLifecycleHookCommand,
  type PutLifecycleHookCommandInput,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
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

  /** Keeps Auto Scaling from replacing instances whose application does not answer, or lets it again. */
  async keepUnhealthy(isKept: boolean): Promise<void> {
    const input = { AutoScalingGroupName: this.#autoScalingGroupName, ScalingProcesses: ['ReplaceUnhealthy'] };
    await this.#autoScaling.send(isKept ? new SuspendProcessesCommand(input) : new ResumeProcessesCommand(input));
  }

  async delete(LifecycleHookName: string): Promise<void> {
    const AutoScalingGroupName = this.#autoScalingGroupName;
    await this.#autoScaling.send(new DeleteLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName }));
  }

  /** Writes a hook; what is not given stays as it is. */
  async put(hook: Omit<PutLifecycleHookCommandInput, 'AutoScalingGroupName'>): Promise<void> {
    const AutoScalingGroupName = this.#autoScalingGroupName;
    await this.#autoScaling.send(new PutLifecycleHookCommand({ ...hook, AutoScalingGroupName }));
  }
}
