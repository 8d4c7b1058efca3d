import type { Declaration, DeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import type { Targets } from '../../../adapters/table/targets.ts';
import type { Host, Hosts } from '../../../adapters/table/hosts.ts';
import { expiresAt } from '../../../adapters/table/keys.ts';
import { describeGroup, type DeploymentGroup } from '../../../core/deployment-group.ts';
import type { TargetId } from '../../../core/target-request.ts';
import type { Target } from '../../../core/target.ts';
import type { Leg } from '../../../core/mailbox/leg.ts';
import type { Revision } from '../../../core/revision.ts';
import type { Registration } from '../../../core/traffic/registration.ts';

interface HostItem {
  leg?: Leg;
  leaving?: string;
  hasSecret?: true;
  registrations?: readonly Registration[];
  expiresAt: number;
  installed: Record<string, { revision: Revision; at: string }>;
}

type TargetItem = Target & { legAttempt?: number };

/** The table without DynamoDB: the same ports, kept to the same promises by the contract suites beside the adapters. */
export class MemoryTable {
  readonly targetItems = new Map<string, TargetItem>();
  readonly hostItems = new Map<string, HostItem>();
  readonly groupItems = new Map<string, DeploymentGroup & { by: Declaration }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Everything in the table, for comparison. */
  contents(): unknown {
    return structuredClone({
      targets: Object.fromEntries(this.targetItems),
      hosts: Object.fromEntries(this.hostItems),
      groups: Object.fromEntries(this.groupItems),
    });
  }

  /** What the state machine itself does to a target's item while its watch waits. */
  leaveHeartbeatToken(id: TargetId, heartbeatToken: string): void {
    this.#changeTarget(id, () => ({ heartbeatToken }));
  }

  readonly targets: Targets = {
    byId: (id) => Promise.resolve(structuredClone(this.targetItems.get(keyOf(id)))),
    open: (target) => {
      if (this.targetItems.has(keyOf(target))) return Promise.resolve('exists');
      this.targetItems.set(keyOf(target), structuredClone(target));
      return Promise.resolve('opened');
    },
    awaitLeg: (id, { legNumber, attempt, taskToken, lifecycleEvents }) => {
      const changed = this.#changeTarget(id, (item) => {
        const before = item.legNumber ?? 0;
        const isNext = legNumber > before || (legNumber === before && attempt >= (item.legAttempt ?? 0));
        return item.stop || !isNext ? undefined : { legNumber, legAttempt: attempt, taskToken, lifecycleEvents };
      });
      return Promise.resolve(changed ? 'awaited' : 'refused');
    },
    beginTraffic: (id, { stepNumber, lifecycleEvents, traffic }) => {
      const changed = this.#changeTarget(id, (item) => {
        if (item.stop || (item.legNumber ?? 0) >= stepNumber) return undefined;
        const kept = item.traffic ?? traffic;
        return { legNumber: stepNumber, lifecycleEvents, ...(kept && { traffic: kept }) };
      });
      return Promise.resolve(changed ?? 'refused');
    },
    endTraffic: (id, { stepNumber, lifecycleEvents }) => {
      const changed = this.#changeTarget(id, (item) =>
        item.stop || item.legNumber !== stepNumber ? undefined : { lifecycleEvents },
      );
      return Promise.resolve(changed ? 'ended' : 'refused');
    },
    stop: (id, stop, lifecycleEvents) =>
      Promise.resolve(this.#changeTarget(id, (item) => (item.stop ? {} : { stop, lifecycleEvents }))),
    settle: ({ stop, ...id }, settlement, lifecycleEvents) => {
      const settledAt = new Date(this.#clock()).toISOString();
      const changed = this.#changeTarget(id, (item) =>
        item.stop && !stop ? undefined : { status: settlement.status, settlement, settledAt, lifecycleEvents },
      );
      return Promise.resolve(changed ?? 'refused');
    },
  };

  readonly hosts: Hosts = {
    byId: (instanceId) => {
      const item = this.hostItems.get(instanceId);
      return Promise.resolve(item && hostIn(instanceId, structuredClone(item)));
    },
    leave: (instanceId, deploymentId) => {
      const item = this.#touchHost(instanceId);
      item.leaving ??= deploymentId;
      return Promise.resolve(hostIn(instanceId, structuredClone(item)));
    },
    placeLeg: (instanceId, leg, purpose) => {
      const { leg: before, leaving } = this.hostItems.get(instanceId) ?? {};
      const isFree = !before || (before.deploymentId === leg.deploymentId && before.legNumber < leg.legNumber);
      if (!isFree || (purpose !== 'termination' && leaving !== undefined)) return Promise.resolve('refused');
      this.#touchHost(instanceId).leg = structuredClone(leg);
      return Promise.resolve('placed');
    },
    changeLeg: (instanceId, before, after) => {
      const item = this.hostItems.get(instanceId);
      const isSame =
        item?.leg?.deploymentId === before.deploymentId &&
        item.leg.legNumber === before.legNumber &&
        item.leg.version === before.version;
      if (!isSame) return Promise.resolve('refused');
      item.leg = structuredClone(after);
      return Promise.resolve('changed');
    },
    withdrawLeg: (instanceId, deploymentId) => {
      const item = this.hostItems.get(instanceId);
      if (item?.leg?.deploymentId === deploymentId) delete item.leg;
      return Promise.resolve();
    },
    remember: (instanceId, { group, revision, at }) => {
      const before = this.hostItems.get(instanceId)?.installed[describeGroup(group)];
      if (before && before.at > at) return Promise.resolve('refused');
      this.#touchHost(instanceId).installed[describeGroup(group)] = { revision, at };
      return Promise.resolve('remembered');
    },
    noteSecret: (instanceId) => {
      if (this.hostItems.get(instanceId)?.leaving !== undefined) return Promise.resolve('refused');
      this.#touchHost(instanceId).hasSecret = true;
      return Promise.resolve('noted');
    },
    keepRegistrations: (instanceId, registrations) => {
      this.#touchHost(instanceId).registrations = structuredClone(registrations);
      return Promise.resolve();
    },
    forgetRegistrations: (instanceId) => {
      delete this.hostItems.get(instanceId)?.registrations;
      return Promise.resolve();
    },
    keep: (instanceId) => {
      if (this.hostItems.has(instanceId)) this.#touchHost(instanceId);
      return Promise.resolve();
    },
  };

  readonly deploymentGroups: DeploymentGroups = {
    byName: (name) => Promise.resolve(structuredClone(this.groupItems.get(describeGroup(name)))),
    declare: (group, by) => {
      const before = this.groupItems.get(describeGroup(group));
      if (before && before.by.stackId !== by.stackId) return Promise.resolve('refused');
      const remembered = before?.lastSuccessfulRevision;
      const item = { ...group, by, ...(remembered && { lastSuccessfulRevision: remembered }) };
      this.groupItems.set(describeGroup(group), structuredClone(item));
      return Promise.resolve('declared');
    },
    withdraw: (name, { stackId, logicalResourceId }) => {
      const by = this.groupItems.get(describeGroup(name))?.by;
      if (by?.stackId === stackId && by.logicalResourceId === logicalResourceId) {
        this.groupItems.delete(describeGroup(name));
      }
      return Promise.resolve();
    },
    remember: (name, revision) => {
      const item = this.groupItems.get(describeGroup(name));
      if (item) this.groupItems.set(describeGroup(name), { ...item, lastSuccessfulRevision: revision });
      return Promise.resolve();
    },
  };

  /** Changes a target in progress; `undefined` from `change` stands for a failed condition. */
  #changeTarget(id: TargetId, change: (item: TargetItem) => Partial<TargetItem> | undefined): Target | undefined {
    const item = this.targetItems.get(keyOf(id));
    const changes = item?.status === 'InProgress' ? change(item) : undefined;
    if (!item || !changes) return undefined;
    const changed = structuredClone({ ...item, ...changes });
    this.targetItems.set(keyOf(id), changed);
    return structuredClone(changed);
  }

  #touchHost(instanceId: string): HostItem {
    const item = this.hostItems.get(instanceId) ?? { installed: {}, expiresAt: 0 };
    item.expiresAt = expiresAt(this.#clock());
    this.hostItems.set(instanceId, item);
    return item;
  }
}

const keyOf = ({ deploymentId, instanceId }: TargetId): string => `${deploymentId} ${instanceId}`;

function hostIn(
  instanceId: string,
  { leg, leaving, hasSecret, registrations, expiresAt: expiry, installed }: HostItem,
): Host {
  return {
    instanceId,
    ...(leg && { leg }),
    ...(leaving !== undefined && { leaving }),
    ...(registrations && { registrations }),
    hasSecret: hasSecret === true,
    hasInstallation: Object.keys(installed).length > 0,
    installed: (group) => installed[describeGroup(group)]?.revision,
    expiresAt: expiry,
  };
}
