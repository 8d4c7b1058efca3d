/** What EC2 knows of an instance when it starts one. */
export interface HostSpecification {
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  /** Decoded user data; empty when the launch template has none. */
  readonly userData: string;
  /** Role behind the instance profile. */
  readonly roleArn?: string;
  /** Current value of `autoscaling/target-lifecycle-state` in instance metadata; undefined answers 404. */
  targetLifecycleState(): string | undefined;
}

/** A running machine of a rehearsal: an address, a disk, instance metadata and processes. */
export interface Host {
  readonly instanceId: string;
  /** Its own loopback address, the instance's private IPv4. */
  readonly privateIpAddress: string;
  /** Switches the machine off: its processes end, its disk and its address stay. Repeating is harmless. */
  stop(): Promise<void>;
  /** Switches it on again: services that are enabled start, user data does not run a second time. Resolves when they do. */
  boot(): Promise<void>;
  /** Ends the machine: every process it started, its metadata service, its address. Repeating is harmless. */
  terminate(): Promise<void>;
}

/** Starts machines; one implementation runs processes, another simulates agents for storms of thousands. */
export interface HostProvider {
  start(specification: HostSpecification): Promise<Host>;
  close(): Promise<void>;
}
