import { isAlive } from '../../rehearsal/ec2/instance.ts';
import type { MachinePort } from '../../rehearsal/ec2/machine-port.ts';
import { Timers } from '../../rehearsal/ec2/timers.ts';
import type { BusEvent } from '../../rehearsal/part.ts';
import { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';
import { CloudWatch } from '../cloud/alarms.ts';
import { type AutoScaling, autoScalingOf } from '../cloud/auto-scaling.ts';
import { Bus, type EventTarget } from '../cloud/event-bus.ts';
import { groundWithoutEndpoint } from '../cloud/ground.ts';
import { LifecycleQueue } from '../cloud/lifecycle-queue.ts';
import { type LoadBalancing, loadBalancingOf } from '../cloud/load-balancing.ts';
import { machinesOf } from '../cloud/machines.ts';
import { told } from '../cloud/told.ts';
import {
  FLEET_MACHINE_ARN,
  INSTANCE_MACHINE_ARN,
  type StateMachines,
  stateMachinesOf,
} from '../cloud/state-machines.ts';
import { Functions } from '../engine/functions.ts';
import type { Faults } from '../faults/faults.ts';
import { Hosts } from '../hosts/hosts.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import type { JournalEntry } from '../../rehearsal/journal.ts';
import { GuardWatch } from '../verdict/guard-watch.ts';
import { HealthWatch } from '../verdict/health-watch.ts';
import { OrderWatch } from '../verdict/order-watch.ts';
import { TrafficWatch } from '../verdict/traffic-watch.ts';
import { VerdictWatch } from '../verdict/verdict-watch.ts';
import { Edges } from './edges.ts';
import { Log } from './log.ts';

/** An account with the engine in it, all in this process and on one clock. */
export interface World {
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly documents: MemoryDocuments;
  readonly autoScaling: AutoScaling;
  readonly loadBalancing: LoadBalancing;
  /** EC2's. */
  readonly instances: MachinePort;
  readonly machines: StateMachines;
  readonly functions: Functions;
  readonly queue: LifecycleQueue;
  readonly bus: Bus;
  readonly hosts: Hosts;
  readonly log: Log;
  /** What is watched in the course of a life. */
  readonly watches: readonly { readonly complaints: readonly string[] }[];
  readonly edges: Edges;
  readonly cloudWatch: CloudWatch;
  /** What the cloud saw happen. */
  readonly journal: readonly JournalEntry[];
  close(): Promise<void>;
}

export function createWorld(clock: VirtualClock, faults: Faults): World {
  const log = new Log(clock);
  const tell = (line: string): void => {
    log.tell(line);
  };
  const documents = new MemoryDocuments();
  const edges = new Edges();
  const cloudWatch = new CloudWatch();
  const bus = new Bus(clock, faults, (event) => targetOf(event, functions));
  const ground = groundWithoutEndpoint(clock, (event) => {
    bus.emit(event);
  });
  const hosts = new Hosts({
    clock,
    faults,
    functions: () => functions,
    begins: (deploymentId, eventName, instanceId) => {
      const isInPlace = documents.itemsOf(`DEPLOYMENT#${deploymentId}`).some(({ traffic }) => traffic !== undefined);
      health.look(deploymentId);
      order.look(deploymentId, instanceId);
      if (isInPlace) traffic.look(eventName, instanceId);
      edges.pass(eventName, instanceId);
    },
    hasWork: (instanceId) => documents.itemsOf(`HOST#${instanceId}`).some(({ leg }) => leg !== undefined),
  });
  const isRunning = (instanceId: string): boolean => {
    const machine = instances.find(instanceId);
    return machine !== undefined && isAlive(machine);
  };
  const health = new HealthWatch(documents, isRunning);
  const order = new OrderWatch(documents, () => clock.now());
  const verdicts = new VerdictWatch();
  const guards = new GuardWatch(documents);
  const queue = new LifecycleQueue(clock, faults, (body, unharmed) =>
    functions.invoke('hook-consumer', body, { unharmed }),
  );
  const timers = new Timers(clock);
  const instances = machinesOf(ground, timers, hosts);
  const isWell = (address: string): boolean => hosts.isWell(address);
  const loadBalancing = loadBalancingOf({ ground, machines: instances, timers, isWell });
  const traffic = new TrafficWatch(
    loadBalancing.targetGroups,
    (instanceId) =>
      autoScaling.account.groups.ofInstance(instanceId)?.group.members.get(instanceId)?.lifecycleState === 'InService',
  );
  const autoScaling = autoScalingOf({
    ...{ ground, timers, machines: instances, traffic: loadBalancing.traffic },
    send: (body) => {
      queue.send(body);
    },
  });
  const machines = stateMachinesOf(ground, { documents, faults, functions: () => functions });
  const functions = new Functions(
    {
      documents,
      answered: (answer) => {
        verdicts.look(answer);
        guards.look(answer);
      },
      autoScaling: told(autoScaling.operations, tell),
      loadBalancing: told(loadBalancing.operations, tell),
      cloudWatch: cloudWatch.operations,
      states: machines.operations,
      isAlive: isRunning,
      fleetMachineArn: FLEET_MACHINE_ARN,
      instanceMachineArn: INSTANCE_MACHINE_ARN,
      telemetry: log,
    },
    clock,
    faults,
    edges,
  );
  return {
    clock,
    faults,
    documents,
    autoScaling,
    loadBalancing,
    instances,
    machines,
    functions,
    queue,
    bus,
    hosts,
    log,
    watches: [health, order, traffic, verdicts, guards],
    edges,
    cloudWatch,
    journal: ground.journal.entries,
    close: async () => {
      timers.close();
      machines.close();
      await hosts.close();
    },
  };
}

/** The engine's rules: executions that died go to whoever settles them. */
function targetOf({ source, detail }: BusEvent, functions: Functions): EventTarget | undefined {
  if (source !== 'aws.states' || !['FAILED', 'TIMED_OUT', 'ABORTED'].includes(String(detail['status'])))
    return undefined;
  const settle = detail['stateMachineArn'] === FLEET_MACHINE_ARN ? 'fleet' : 'dead-execution';
  if (![FLEET_MACHINE_ARN, INSTANCE_MACHINE_ARN].includes(String(detail['stateMachineArn']))) return undefined;
  return (event, unharmed) => functions.invoke(settle, event as never, { unharmed });
}
