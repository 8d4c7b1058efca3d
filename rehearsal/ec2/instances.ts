import { AwsError } from '../endpoint/service.ts';
import type { Journal } from '../journal.ts';
import type { Host, HostProvider } from '../hosts/host.ts';
import { newId } from './ids.ts';
import type { Instance, InstanceState } from './instance.ts';
import type { Timers } from './timers.ts';

/** What RunInstances has to know. */
interface RunRequest {
  readonly imageId: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly subnetId?: string;
  readonly vpcId?: string;
  readonly securityGroupIds: readonly string[];
  /** Decoded. */
  readonly userData: string;
  readonly instanceProfileArn?: string;
  readonly tags: ReadonlyMap<string, string>;
  targetLifecycleState(instanceId: string): string | undefined;
}

interface InstancesOptions {
  readonly timers: Timers;
  readonly journal: Journal;
  readonly hosts: HostProvider;
  /** Rehearsed milliseconds from `pending` to `running`; a slow host makes it longer. */
  readonly bootMs: number;
  roleOfInstanceProfile(nameOrArn: string): Promise<string | undefined>;
}

type StateListener = (instance: Instance) => void;

/** Terminated instances stay visible for about an hour. */
const REMEMBERED_MS = 3_600_000;

/** The account's machines: a host each, started and ended with them. */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #byId = new Map<string, Instance>();
  readonly #hosts = new Map<string, Promise<Host | undefined>>();
  readonly #endings = new Map<string, Promise<void>>();
  readonly #listeners: StateListener[] = [];
  #nextSweepMs = 0;

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  /** Calls `listener` at each change of an instance's state. */
  onStateChange(listener: StateListener): void {
    this.#listeners.push(listener);
  }

  find(instanceId: string): Instance | undefined {
    return this.#byId.get(instanceId);
  }

  /** All of them, the ones that ended within the last hour included. */
  list(): readonly Instance[] {
    this.#forgetOldOnes();
    return [...this.#byId.values()];
  }

  /** Starts a machine. It is `pending` at once and `running` later; a host that cannot start ends it. */
  run({ userData, targetLifecycleState, tags, ...described }: RunRequest): Instance {
    const instanceId = newId('i');
    const launchTimeMs = this.#options.timers.now();
    const reservationId = newId('r');
    const instance: Instance = {
      ...described,
      instanceId,
      reservationId,
      launchTimeMs,
      tags: new Map(tags),
      state: 'pending',
    };
    this.#byId.set(instanceId, instance);
    const host = this.#startHost(instance, userData, () => targetLifecycleState(instanceId));
    this.#hosts.set(instanceId, host);
    void this.#boot(instance, host);
    return instance;
  }

  /** Ends a machine. Resolves when its processes are gone and it is `terminated`; repeating is harmless. */
  terminate(instanceId: string, reason = USER_REQUEST): Promise<void> {
    const instance = this.#byId.get(instanceId);
    if (!instance) return Promise.resolve();
    const known = this.#endings.get(instanceId);
    if (known) return known;
    // Remembered first: whoever hears of the change of state may ask for the same termination.
    const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
    this.#endings.set(instanceId, promise);
    void this.#end(instance, reason).then(resolve);
    return promise;
  }

  /**
   * Switches a machine off. Resolves when it is `stopped`; one that is so, or is about to be, stays as it is.
   * @throws AwsError IncorrectInstanceState at once, for one that is starting or ending
   */
  stop(instanceId: string): Promise<void> {
    const instance = this.#byId.get(instanceId);
    if (!instance || instance.state === 'stopped' || instance.state === 'stopping') return Promise.resolve();
    if (instance.state !== 'running') throw incorrectState(instance, 'stopped');
    return this.#stop(instance);
  }

  /**
   * Switches a stopped machine on. Resolves when it is `running`; one that is so, or is about to be, stays as it is.
   * @throws AwsError IncorrectInstanceState at once, for one that is stopping or ending
   */
  start(instanceId: string): Promise<void> {
    const instance = this.#byId.get(instanceId);
    if (!instance || instance.state === 'running' || instance.state === 'pending') return Promise.resolve();
    if (instance.state !== 'stopped') throw incorrectState(instance, 'started');
    return this.#start(instance);
  }

  /** Restarts a running machine, which counts as `running` meanwhile. Resolves when it has booted. */
  async reboot(instanceId: string): Promise<void> {
    const instance = this.#byId.get(instanceId);
    if (instance?.state !== 'running') return;
    await this.#onHost(instance, 'stop');
    if (instance.state === 'running') await this.#onHost(instance, 'boot');
  }

  async #stop(instance: Instance): Promise<void> {
    instance.stateReason = USER_REQUEST;
    this.#enter(instance, 'stopping');
    await this.#onHost(instance, 'stop');
    // It may have been terminated meanwhile.
    if (instance.state === 'stopping') this.#enter(instance, 'stopped');
  }

  async #start(instance: Instance): Promise<void> {
    delete instance.stateReason;
    this.#enter(instance, 'pending');
    const booted = this.#options.timers.sleep(this.#options.bootMs);
    await this.#onHost(instance, 'boot');
    await booted;
    if (instance.state === 'pending') this.#enter(instance, 'running');
  }

  async #onHost({ instanceId }: Instance, what: 'stop' | 'boot' | 'terminate'): Promise<void> {
    const host = await this.#hosts.get(instanceId);
    await host?.[what]().catch((error: unknown) => {
      const message = `The host of ${instanceId} did not ${what} cleanly: ${String(error)}`;
      this.#options.journal.record({ kind: 'warning', message });
    });
  }

  async #startHost(
    instance: Instance,
    userData: string,
    targetLifecycleState: () => string | undefined,
  ): Promise<Host | undefined> {
    const { instanceId, imageId, instanceType, availabilityZone, instanceProfileArn } = instance;
    const { hosts, journal, roleOfInstanceProfile } = this.#options;
    try {
      const roleArn = instanceProfileArn && (await roleOfInstanceProfile(instanceProfileArn));
      return await hosts.start({
        instanceId,
        imageId,
        instanceType,
        availabilityZone,
        userData,
        ...(roleArn && { roleArn }),
        targetLifecycleState,
      });
    } catch (error) {
      journal.record({ kind: 'warning', message: `The host of ${instanceId} could not start: ${String(error)}` });
      return undefined;
    }
  }

  async #boot(instance: Instance, starting: Promise<Host | undefined>): Promise<void> {
    const booted = this.#options.timers.sleep(this.#options.bootMs);
    const host = await starting;
    if (!host) return this.terminate(instance.instanceId, HOST_FAILED);
    instance.privateIpAddress = host.privateIpAddress;
    await booted;
    if (instance.state === 'pending') this.#enter(instance, 'running');
  }

  async #end(instance: Instance, reason: NonNullable<Instance['stateReason']>): Promise<void> {
    instance.stateReason = reason;
    this.#enter(instance, 'shutting-down');
    await this.#onHost(instance, 'terminate');
    this.#hosts.delete(instance.instanceId);
    instance.terminatedAtMs = this.#options.timers.now();
    this.#enter(instance, 'terminated');
  }

  #enter(instance: Instance, state: InstanceState): void {
    instance.state = state;
    for (const listener of this.#listeners) listener(instance);
  }

  #forgetOldOnes(): void {
    const now = this.#options.timers.now();
    if (now < this.#nextSweepMs) return;
    this.#nextSweepMs = now + REMEMBERED_MS / 10;
    for (const [instanceId, { terminatedAtMs }] of this.#byId) {
      if (terminatedAtMs === undefined || now - terminatedAtMs < REMEMBERED_MS) continue;
      this.#byId.delete(instanceId);
      this.#endings.delete(instanceId);
    }
  }
}

function incorrectState({ instanceId, state }: Instance, wanted: string): AwsError {
  return new AwsError(
    'IncorrectInstanceState',
    `The instance '${instanceId}' is not in a state from which it can be ${wanted}: it is ${state}.`,
  );
}

const USER_REQUEST = {
  code: 'Client.UserInitiatedShutdown',
  message: 'Client.UserInitiatedShutdown: User initiated shutdown',
};
const HOST_FAILED = { code: 'Server.InternalError', message: 'Server.InternalError: Internal error on launch' };
