import type { DescribedGroup } from '../../../adapters/auto-scaling/auto-scaling-groups.ts';
import type { AlarmReading } from '../../../adapters/cloudwatch/alarms.ts';
import type { FleetEngine } from '../../../lambdas/fleet/fleet-engine.ts';
import { RecordedExecutions, recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

/** A fleet's engine whose outside is in memory, and open to inspection. */
export interface RecordedFleetEngine
  extends Omit<RecordedEngine, 'autoScalingGroups'>, Omit<FleetEngine, keyof RecordedEngine> {
  readonly autoScalingGroups: FleetEngine['autoScalingGroups'];
  readonly executions: RecordedExecutions;
  /** What the outside is like; tests change it. */
  readonly outside: { group: DescribedGroup; alarms: AlarmReading; readonly gone: Set<string> };
}

/** An engine whose deployment group has these hosts, all in service. */
export function recordedFleetEngine(instanceIds: readonly string[]): RecordedFleetEngine {
  const engine = recordedEngine();
  const members = instanceIds.map((instanceId) => ({ instanceId, lifecycleState: 'InService', zone: 'us-east-1a' }));
  const outside: RecordedFleetEngine['outside'] = {
    group: { autoScalingGroupName: 'web-blue', members, suspended: [] },
    alarms: { kind: 'read', ringing: [] },
    gone: new Set(),
  };
  const suspendInstead = (suspended: readonly string[]) => {
    outside.group = { ...outside.group, suspended };
    return Promise.resolve('done' as const);
  };
  return {
    ...engine,
    outside,
    deployments: engine.table.deployments,
    fleetTargets: engine.table.fleetTargets,
    stackRequests: engine.table.stackRequests,
    groups: engine.table.groups,
    executions: new RecordedExecutions(),
    respond: () => Promise.resolve('answered'),
    instances: {
      tagged: () => Promise.resolve([]),
      gone: (ids) => Promise.resolve(ids.filter((id) => outside.gone.has(id))),
    },
    alarms: { read: () => Promise.resolve(outside.alarms) },
    autoScalingGroups: {
      describe: (names) =>
        Promise.resolve([outside.group].filter((group) => names.includes(group.autoScalingGroupName))),
      suspend: (_, processes) => suspendInstead([...new Set([...outside.group.suspended, ...processes])]),
      resume: (_, processes) => suspendInstead(outside.group.suspended.filter((name) => !processes.includes(name))),
    },
  };
}
