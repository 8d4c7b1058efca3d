import type { ResourceTypes } from './cloudformation/resource-type.ts';
import type { Clock } from './clock.ts';
import type { Service, ServicePrincipal } from './endpoint/service.ts';
import type { Journal } from './journal.ts';
import type { Permissions } from './permissions/permissions.ts';
import type { Throttles } from './throttles/throttles.ts';

/** Credentials as an AWS client takes them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch, rehearsed time. */
  readonly expiresAtMs: number;
}

/** Issues credentials for a role, as the service principal that assumed it would receive them. */
export interface CredentialsIssuer {
  /** @param roleArn role of the synthesized template, or a service-linked role's ARN */
  assumeRole(roleArn: string, sessionName: string): Credentials;
  /** For a service that calls in its own name: resource policies decide. */
  actAs(service: ServicePrincipal): Credentials;
}

/** An event for EventBridge's default bus, before the bus adds `version`, `id`, `account` and `region`. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The ground every part of the cloud stands on. Parts meet each other only over the endpoint, as AWS clients. */
export interface Ground {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly credentials: CredentialsIssuer;
  /** Policies that parts write down, and what they allow. */
  readonly permissions: Permissions;
  /** How often things may be done that are no calls at the endpoint, which counts those itself. */
  readonly throttles: Throttles;
  /** Base URL of the endpoint (`http://127.0.0.1:4580`); valid once the endpoint listens, which is before any resource is made. */
  endpoint(): string;
  /** Publishes to EventBridge's default bus. Never throws; delivery is asynchronous. */
  emit(event: BusEvent): void;
  /** A directory for this rehearsal's files; removed when it ends. */
  readonly directory: string;
}

/** A part of the cloud: what it serves, what it can provision, how it ends. */
export interface Part {
  readonly services: readonly Service[];
  readonly resourceTypes: ResourceTypes;
  /** Ends processes, timers and sockets. */
  close(): Promise<void>;
}
