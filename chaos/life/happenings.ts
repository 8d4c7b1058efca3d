import { BUILT_IN_DEPLOYMENT_CONFIGS } from '../../core/deployment-configs/built-in.ts';
import type { FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import { deploymentGroupIdFor, deploymentIdFor } from '../../core/identifiers.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { describeRevision } from '../../core/revision.ts';
import type { ApiCall } from '../engine/functions.ts';
import type { Happening } from '../faults/fault.ts';
import { declare, hooksOf, revisionNumber, type Setting } from './setting.ts';
import type { World } from './world.ts';

/** What has been asked for in the course of a life, beside its beginning. */
export class Course {
  desired: number;
  /** Bodies that nobody could ever take. */
  readonly poison: string[] = [];
  /** When a hook was not as the engine made it: from, to; in milliseconds since the epoch. */
  readonly hooksAmiss: { readonly fromMs: number; untilMs: number }[] = [];
  readonly #world: World;
  readonly #setting: Setting;
  #deployments = 0;

  constructor(world: World, setting: Setting) {
    this.#world = world;
    this.#setting = setting;
    this.desired = setting.desired;
  }

  /** Lets something happen; what has no object at the moment does not. */
  async happen(happening: Happening): Promise<void> {
    const { faults, log } = this.#world;
    const what = await this.#carryOut(happening);
    if (what === undefined) return;
    faults.noted(happening);
    log.tell(`== ${happening}: ${what}`);
  }

  #carryOut(happening: Happening): Promise<string | undefined> {
    switch (happening) {
      case 'scale-out':
        return this.#resize(this.desired + this.#lots.between(1, 3));
      case 'scale-in':
        return this.#resize(this.desired - this.#lots.between(1, 3));
      case 'instance vanishes':
        return this.#vanish();
      case 'instance declared unhealthy':
        return this.#toMember('SetInstanceHealth', { HealthStatus: 'Unhealthy' }, 'InService');
      case 'instance terminated by its group':
        return this.#toMember('TerminateInstanceInAutoScalingGroup', { ShouldDecrementDesiredCapacity: false });
      case 'execution stopped by a person':
        return this.#stopExecution();
      case 'poison in the queue':
        return this.#poison();
      case 'hook deleted':
        return this.#withoutHook();
      case 'hook edited':
        return this.#withEditedHook();
      case 'deployment to the fleet':
        return this.#deploy();
      case 'bad revision to the fleet':
        return this.#deploy({ isBad: true });
      case 'bad revision declared':
        return this.#declareBad();
      case 'deployment stopped':
      case 'deployment stopped and rolled back':
        return this.#deployAndStop(happening === 'deployment stopped and rolled back');
    }
  }

  get #lots() {
    return this.#world.faults.lots;
  }

  get #group() {
    return this.#world.autoScaling.account.groups.get(this.#setting.autoScalingGroupName).group;
  }

  async #call(operation: string, input: Record<string, unknown>): Promise<void> {
    const AutoScalingGroupName = this.#setting.autoScalingGroupName;
    await this.#world.autoScaling.operations[operation]?.({ AutoScalingGroupName, ...input });
  }

  async #resize(wanted: number): Promise<string | undefined> {
    const desired = Math.max(this.#setting.minSize, Math.min(this.#setting.maxSize, wanted));
    if (desired === this.desired) return undefined;
    this.desired = desired;
    await this.#call('SetDesiredCapacity', { DesiredCapacity: desired });
    return `${desired} wanted`;
  }

  #aMember(state?: string): string | undefined {
    const ids = [...this.#group.members.values()]
      .filter(({ lifecycleState }) => state === undefined || lifecycleState === state)
      .map(({ instanceId }) => instanceId);
    const [first, ...others] = ids;
    return first === undefined ? undefined : this.#lots.pick([first, ...others]);
  }

  /** The machine ends, and Auto Scaling learns it afterwards. */
  #vanish(): Promise<string | undefined> {
    const instanceId = this.#aMember();
    if (instanceId !== undefined) void this.#world.autoScaling.machines.terminate(instanceId);
    return Promise.resolve(instanceId);
  }

  async #toMember(operation: string, input: Record<string, unknown>, state?: string): Promise<string | undefined> {
    const InstanceId = this.#aMember(state);
    if (InstanceId === undefined) return undefined;
    const call = this.#world.autoScaling.operations[operation]?.({ InstanceId, ...input });
    await call?.catch(() => undefined); // it may be leaving already
    return InstanceId;
  }

  async #stopExecution(): Promise<string | undefined> {
    const { account, operations } = this.#world.machines;
    const running = [...account.executions.values()].filter(
      ({ status, plan }) => status === 'RUNNING' && plan.mapRunArn === undefined,
    );
    const [first, ...others] = running;
    if (!first) return undefined;
    const executionArn = this.#lots.pick([first, ...others]).plan.arn;
    await operations['StopExecution']?.({ executionArn });
    return executionArn.split(':').slice(-2).join(':');
  }

  #poison(): Promise<string> {
    const body = this.#lots.pick([
      'not JSON',
      '[]',
      '{"LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING","NotificationMetadata":"{\\"slipway\\":1}"}',
    ]);
    this.poison.push(body);
    this.#world.queue.send(body);
    return Promise.resolve(body);
  }

  async #withoutHook(): Promise<string> {
    const hook = this.#lots.pick(['slipway-launch', 'slipway-termination']);
    await this.#amiss(() => this.#call('DeleteLifecycleHook', { LifecycleHookName: hook }));
    return hook;
  }

  async #withEditedHook(): Promise<string> {
    const hook = this.#lots.pick(['slipway-launch', 'slipway-termination']);
    const change = this.#lots.pick([{ HeartbeatTimeout: 120 }, { NotificationMetadata: 'mine now' }]);
    await this.#amiss(() => this.#call('PutLifecycleHook', { LifecycleHookName: hook, ...change }));
    return `${hook} ${JSON.stringify(change)}`;
  }

  /** Spoils a hook for a while. */
  async #amiss(spoil: () => Promise<void>): Promise<void> {
    const { clock } = this.#world;
    const span = { fromMs: clock.now(), untilMs: Infinity };
    this.hooksAmiss.push(span);
    await spoil().catch(() => undefined); // deleted twice
    clock.after(this.#lots.between(10_000, 900_000), () => {
      void this.#mendHooks().then(() => (span.untilMs = clock.now()));
    });
  }

  async #mendHooks(): Promise<void> {
    for (const hook of hooksOf(this.#setting)) await this.#call('PutLifecycleHook', hook);
  }

  /** What a user does who was told that launches are held: the fault is mended, and they go on. */
  async resumeWhatIsHeld(): Promise<boolean> {
    const isHeld = this.#group.suspended.has('Launch');
    if (!isHeld) return false;
    this.#world.log.tell('== launches are held, and resumed by a person who mended the revisions');
    this.#world.faults.hasBadRevisions = false;
    await Promise.all([
      ...this.#setting.deploymentGroups.map((resume) => this.#askApi({ resume })),
      this.#world.clock.playUntil(this.#world.clock.now() + 60_000),
    ]);
    return true;
  }

  async #deploy(quality = {}): Promise<string | undefined> {
    const order = this.#order(quality);
    const answer = await this.#askApi({ order });
    if (answer !== 'created') return undefined;
    return `${order.deploymentId} of ${describeRevision(order.revision)} to ${order.deploymentGroupName}, ${order.deploymentConfigName}`;
  }

  async #deployAndStop(rollBack: boolean): Promise<string | undefined> {
    const order = this.#order();
    if ((await this.#askApi({ order })) !== 'created') return undefined;
    const { clock } = this.#world;
    const inMs = this.#lots.between(0, this.#lots.pick([3000, 120_000]));
    clock.after(inMs, () => {
      void this.#askApi({ deploymentId: order.deploymentId, request: { atMs: clock.now(), rollBack } });
    });
    return `${order.deploymentId} of ${describeRevision(order.revision)} to ${order.deploymentGroupName}, stopped after ${inMs} ms`;
  }

  /** A user's client: it repeats what it got no answer to. */
  async #askApi(call: ApiCall): Promise<unknown> {
    for (let tries = 1; tries < 6; tries += 1) {
      try {
        return await this.#world.functions.invoke('api', call, { unharmed: tries === 5 });
      } catch {
        await this.#world.clock.sleep(1000);
      }
    }
    return undefined;
  }

  async #declareBad(): Promise<string> {
    this.#deployments += 1;
    const group = this.#aGroup();
    const revision = revisionNumber(this.#deployments + 1, { isBad: true });
    await declare(this.#world, this.#setting, group, revision);
    return `${describeRevision(revision)} for ${group.deploymentGroupName}`;
  }

  #aGroup(): DeploymentGroupName {
    const [first = NOBODY, ...others] = this.#setting.deploymentGroups;
    return this.#lots.pick<DeploymentGroupName>([first, ...others]);
  }

  #order(quality: { readonly isBad?: boolean } = {}): FleetDeploymentOrder {
    const { autoScalingGroupName } = this.#setting;
    const group = this.#aGroup();
    const config = this.#lots.pick(CONFIGS);
    this.#deployments += 1;
    return {
      ...group,
      deploymentId: deploymentIdFor(`${this.#deployments} ${this.#lots.draw()}`),
      group,
      deploymentGroupId: deploymentGroupIdFor(group),
      deploymentConfigName: config.deploymentConfigName,
      minimumHealthyHosts: config.minimumHealthyHosts,
      revision: revisionNumber(this.#deployments + 1, quality),
      creator: 'user',
      ignoreApplicationStopFailures: false,
      updateOutdatedInstancesOnly: false,
      fileExistsBehavior: 'OVERWRITE',
      outdatedInstancesStrategy: 'UPDATE',
      selection: { autoScalingGroups: [autoScalingGroupName], ec2: {}, onPremises: {} },
      ...(this.#lots.chance(0.5) && {
        autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] },
      }),
      ...(this.#lots.chance(0.5) && { suspendProcesses: ['AZRebalance', 'ReplaceUnhealthy'] }),
      previousRevision: revisionNumber(1),
      createdAtMs: this.#world.clock.now(),
    };
  }
}

const NOBODY: DeploymentGroupName = { applicationName: 'web', deploymentGroupName: 'nobody' };

const [ONE, HALF, ALL] = BUILT_IN_DEPLOYMENT_CONFIGS.filter((config) => config.computePlatform === 'Server');
const CONFIGS = [ONE, HALF, ALL].filter((config) => config !== undefined) as [NonNullable<typeof ONE>];
