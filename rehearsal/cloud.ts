import { createComputePart } from './auto-scaling/compute-part.ts';
import type { ResourceTypes } from './cloudformation/resource-type.ts';
import type { Claim, Route } from './endpoint/endpoint.ts';
import type { Service } from './endpoint/service.ts';
import { createEventsPart } from './events/create-events-part.ts';
import { createProcessHosts } from './hosts/process-hosts.ts';
import type { Disks } from './hosts/disks/disk.ts';
import { createSimulatedHosts } from './hosts/simulated-hosts.ts';
import type { SimulatedHostsOptions } from './hosts/simulated-hosts.ts';
import { createIdentityPart } from './identity/create-identity-part.ts';
import type { Sessions } from './identity/sessions.ts';
import { verifySignature } from './identity/signature.ts';
import { createLambdaPart } from './lambda/create-lambda-part.ts';
import { createLogsPart } from './logs/create-logs-part.ts';
import { createMonitoringPart } from './monitoring/create-monitoring-part.ts';
import type { BusEvent, Ground, Part } from './part.ts';
import { createStatesPart } from './states/create-states-part.ts';
import { createStoragePart } from './storage/create-storage-part.ts';
import type { ParameterStore } from './storage/parameter-store.ts';

export interface CloudOptions {
  /** Undefined: instances are simulated, without disks. */
  readonly disks: Disks | undefined;
  /** A checkout of AWS's agent, which the disks show. */
  readonly awsAgent: string | undefined;
  readonly simulation: SimulatedHostsOptions;
  readonly route: Route;
  readonly claim: Claim;
  readonly sessions: Sessions;
  readonly parameters: ParameterStore;
  /** The directory of a published asset. */
  readonly codeDirectory: (bucket: string, key: string) => string | undefined;
}

/** All parts of the cloud together. */
export interface Cloud {
  readonly services: readonly Service[];
  readonly resourceTypes: ResourceTypes;
  /** EventBridge's default bus. */
  emit(event: BusEvent): void;
  /** Ends whoever acts by itself: machines, executions, mappings, alarms. */
  quiet(): Promise<void>;
  /** Ends what is left, once nobody can call it any more. */
  close(): Promise<void>;
}

/** Makes the parts and lets those meet that AWS connects behind its endpoints. */
export function createCloud(ground: Ground, options: CloudOptions): Cloud {
  const { route, claim, sessions, parameters, codeDirectory } = options;
  const logs = createLogsPart(ground);
  const monitoring = createMonitoringPart(ground, { logs: logs.store });
  const events = createEventsPart(ground);
  const lambda = createLambdaPart(ground, {
    route,
    claim,
    codeDirectory,
    isSigned: (request) => verifySignature(request, sessions),
    logs: logs.store,
    metric: (namespace, name, dimensions, value) => {
      monitoring.metric(namespace, name, dimensions, value);
    },
  });
  const hosts = options.disks
    ? createProcessHosts(ground, options.disks, options.awsAgent)
    : createSimulatedHosts(ground, options.simulation);
  const compute = createComputePart(ground, hosts);
  const actors: Part[] = [compute, createStatesPart(ground), events, monitoring, lambda];
  const keepers: Part[] = [logs, createIdentityPart(ground), createStoragePart(ground, parameters)];
  const parts = [...actors, ...keepers];

  return {
    services: parts.flatMap(({ services }) => services),
    resourceTypes: Object.assign({}, ...parts.map(({ resourceTypes }) => resourceTypes)) as ResourceTypes,
    emit(event) {
      events.emit(event);
      monitoring.observe(event);
    },
    quiet: () => closeAll(actors),
    close: () => closeAll(keepers),
  };
}

/** In order, each of them even when another fails. @throws what the first failure was */
async function closeAll(parts: readonly Part[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.close().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw failures[0];
}
