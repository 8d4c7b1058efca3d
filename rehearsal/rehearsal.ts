import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock, type Clock } from './clock.ts';
import { createCloud, type Cloud } from './cloud.ts';
import { createEndpoint } from './endpoint/endpoint.ts';
import { createSessions } from './identity/sessions.ts';
import { awsAgentCheckout } from './hosts/aws-agent-checkout.ts';
import { chooseDisks, type DisksOption } from './hosts/disks/choose-disks.ts';
import { diskDirectory, pathBelow, type Disks } from './hosts/disks/disk.ts';
import type { SimulatedHostsOptions } from './hosts/simulated-hosts.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { EnforcedPermissions, type Permissions } from './permissions/permissions.ts';
import type { Credentials, Ground } from './part.ts';
import { createProvisioning } from './provisioning.ts';
import { templatesOf } from './assembly/deploy-assembly.ts';
import { type Fidelity, fidelityOf } from './fidelity/fidelity.ts';
import { createThrottles, type ThrottlesOption } from './throttles/throttles.ts';
import { ParameterStore } from './storage/parameter-store.ts';

export interface RehearsalOptions {
  /** Directory that `cdk synth` wrote; it has to stay while the rehearsal runs. */
  readonly assembly: string;
  /** @default 0, a free port */
  readonly port?: number;
  /** Rehearsed milliseconds per wall millisecond. @default 1 */
  readonly speed?: number;
  /** Whether instances are real processes or only agents' voices, for fleets of thousands. @default 'processes' */
  readonly hosts?: 'processes' | 'simulated';
  /**
   * What the disk of an instance is: a copy-on-write view of this machine, which needs the kernel's leave (`auto` asks
   * for it, `overlay` insists), or a plain directory. @default 'auto'
   */
  readonly disks?: DisksOption;
  /**
   * A checkout of AWS's own agent, version 1.8, which instances install where their user data asks for it. They need
   * copy-on-write disks, as it knows no DESTDIR. @default none: such user data fails
   */
  readonly awsAgent?: string;
  /** How simulated hosts behave. */
  readonly simulation?: SimulatedHostsOptions;
  /** Whether AWS's quotas on how often things are done hold, or others. @default 'none' */
  readonly throttles?: ThrottlesOption;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default '123456789012' */
  readonly accountId?: string;
  /** Where to put the directory with the instances' disks and the like. @default the system's temporary directory */
  readonly directory?: string;
  /** Leaves the rehearsal's own directory when it ends. @default false */
  readonly keepDirectory?: boolean;
  /** Hears every entry of the journal, from the very first. */
  readonly onEntry?: (entry: JournalEntry) => void;
}

/** A running cloud with an assembly's stacks in it. */
export interface Rehearsal {
  /** For `AWS_ENDPOINT_URL`; any credentials work. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly journal: Journal;
  /** With the instances' disks and the like. */
  readonly directory: string;
  /** What the instances' disks are, and why, in words for a terminal. */
  readonly disks: string;
  /** Names of the deployed stacks, in deployment order. */
  readonly stacks: readonly string[];
  /** Deploys an assembly: makes new stacks, updates those that exist. @throws Error naming resource and reason */
  deploy(assemblyDirectory: string): Promise<void>;
  /** What is made of an assembly's templates, and what is answered; nothing is deployed. */
  fidelity(assemblyDirectory: string): Promise<Fidelity>;
  /** What was refused, and which statements of the templates' policies were needed. */
  readonly permissions: Pick<Permissions, 'refusals' | 'usage'>;
  /** Credentials as an instance or a function with this role holds them; STS gives them to those alone whom the role trusts. */
  credentialsOf(roleArn: string, sessionName: string): Credentials;
  /** Outputs of a stack by key. @throws Error when there is no such stack */
  outputs(stackName: string): Record<string, string>;
  /**
   * A file that an instance wrote, by its absolute path there; also after the instance's end.
   * @throws Error of the file system, when the instance has written no such file
   */
  readHostFile(instanceId: string, absolutePath: string): Promise<string>;
  /** Ends everything: no process, socket or directory is left behind. Repeating is harmless. */
  stop(): Promise<void>;
}

/**
 * Starts a cloud on this machine and deploys a synthesized assembly to it.
 * @throws Error with the remedy when the port is taken, with every resource nobody can play, or with the resource that failed
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const rehearsal = await openRehearsal(options);
  try {
    await rehearsal.deploy(options.assembly);
    return rehearsal;
  } catch (error) {
    await rehearsal.stop();
    throw error;
  }
}

/** A cloud with nothing in it yet. @throws Error with the remedy when the port is taken */
export async function openRehearsal(options: Omit<RehearsalOptions, 'assembly'>): Promise<Rehearsal> {
  const { port = 0, speed = 1, hosts = 'processes', region = 'us-east-1', accountId = '123456789012' } = options;
  const clock = createClock(speed);
  const journal = new Journal(() => clock.now());
  if (options.onEntry) journal.follow(options.onEntry);
  const sessions = createSessions({ accountId, now: () => clock.now() });
  const permissions = new EnforcedPermissions({ accountId, region, clock, journal });
  const throttles = createThrottles(options.throttles ?? 'none', { region, clock });
  const endpoint = createEndpoint({ clock, journal, sessions, permissions, throttles });
  const directory = await mkdtemp(join(options.directory ?? tmpdir(), 'slipway-rehearsal-'));
  const removeDirectory = (): Promise<void> => rm(directory, { recursive: true, force: true });
  let disks: Disks | undefined;
  let awsAgent: string | undefined;
  try {
    if (options.awsAgent !== undefined)
      awsAgent = await awsAgentCheckout(options.awsAgent, { directory, hosts, disks: options.disks });
    await endpoint.listen(port);
    if (hosts === 'processes')
      disks = awsAgent
        ? await chooseDisks('overlay', directory, [awsAgent])
        : await chooseDisks(options.disks ?? 'auto', directory);
  } catch (error) {
    await endpoint.close();
    await removeDirectory();
    throw error;
  }
  const ground: Ground = {
    region,
    accountId,
    clock,
    journal,
    credentials: sessions,
    permissions,
    throttles,
    endpoint: () => endpoint.url(),
    emit: (event) => {
      cloud.emit(event);
    },
    directory,
  };
  const parameters = new ParameterStore(() => clock.now());
  const { assets, cloudFormation, ...provisioning } = createProvisioning(ground, {
    route: endpoint.route,
    lookup: (name) => Promise.resolve(parameters.get(name)?.value),
    resourceTypes: () => cloud.resourceTypes,
  });
  const cloud: Cloud = createCloud(ground, {
    disks,
    awsAgent,
    simulation: options.simulation ?? {},
    route: endpoint.route,
    claim: endpoint.claim,
    sessions,
    parameters,
    codeDirectory: (bucket, key) => assets.directoryOf(bucket, key),
  });
  for (const service of [cloudFormation.service, ...cloud.services]) endpoint.serve(service);

  const stop = async (): Promise<void> => {
    try {
      await cloud.quiet();
    } finally {
      provisioning.close();
      await endpoint.close();
      await cloud.close();
      if (!options.keepDirectory) await removeDirectory();
    }
  };
  let stopped: Promise<void> | undefined;

  return {
    endpoint: endpoint.url(),
    region,
    accountId,
    clock,
    journal,
    directory,
    disks: disks?.description ?? 'Simulated instances have no disks.',
    get stacks() {
      return cloudFormation.stacks().map(({ name }) => name);
    },
    permissions,
    credentialsOf: (roleArn, sessionName) => sessions.assumeRole(roleArn, sessionName),
    deploy: (assemblyDirectory) => provisioning.deploy(assemblyDirectory),
    fidelity: async (assemblyDirectory) =>
      fidelityOf([...(await templatesOf(assemblyDirectory)).values()], provisioning.typeOf, cloud.services),
    outputs: (stackName) => cloudFormation.outputs(stackName),
    readHostFile: (instanceId, absolutePath) =>
      readFile(pathBelow(diskDirectory(directory, instanceId), absolutePath), 'utf8'),
    stop: () => (stopped ??= stop()),
  };
}
