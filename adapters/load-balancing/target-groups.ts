import {
  DeregisterTargetsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  ElasticLoadBalancingV2ServiceException,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';

import type { Registration, RegistrationState, SeenRegistration } from '../../core/traffic/registration.ts';

/** A target group, and what its settings say about the time that moves of traffic take. */
export interface TargetGroup {
  readonly targetGroupArn: string;
  readonly targetGroupName: string;
  /** Whether hosts are known to it by their instance id; else by address, or they are no hosts at all. */
  readonly takesInstances: boolean;
  readonly drainSeconds: number;
  readonly checkSeconds: number;
}

/** A load balancer says no, and would say so again; the message is its own. */
export class LoadBalancerRefused extends Error {
  override readonly name = 'LoadBalancerRefused';
}

/** Target groups of Elastic Load Balancing. What it refuses for good is `LoadBalancerRefused`; throttles and faults escape as they are. */
export interface TargetGroups {
  byName(targetGroupName: string): Promise<TargetGroup | undefined>;
  /** All registrations that a target group has of a host, with those that drain. */
  registrationsOf(instanceId: string, targetGroup: TargetGroup): Promise<readonly SeenRegistration[]>;
  /** What load balancers think of these registrations now. @throws LoadBalancerRefused */
  look(instanceId: string, registrations: readonly Registration[]): Promise<readonly SeenRegistration[]>;
  /** Repeating does nothing. @throws LoadBalancerRefused */
  register(instanceId: string, registrations: readonly Registration[]): Promise<void>;
  /** Begins to drain; repeating does nothing. @throws LoadBalancerRefused */
  deregister(instanceId: string, registrations: readonly Registration[]): Promise<void>;
}

export class ElbTargetGroups implements TargetGroups {
  readonly #client: ElasticLoadBalancingV2Client;

  constructor(client: ElasticLoadBalancingV2Client) {
    this.#client = client;
  }

  async byName(targetGroupName: string): Promise<TargetGroup | undefined> {
    const found = await this.#describe(targetGroupName);
    if (found?.TargetGroupArn === undefined) return undefined;
    const { Attributes = [] } = await this.#client.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: found.TargetGroupArn }),
    );
    const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
    return {
      targetGroupArn: found.TargetGroupArn,
      targetGroupName,
      takesInstances: found.TargetType === 'instance',
      drainSeconds: Number(delay?.Value ?? 300),
      checkSeconds: found.HealthCheckIntervalSeconds ?? 30,
    };
  }

  async #describe(targetGroupName: string) {
    try {
      const { TargetGroups } = await this.#client.send(new DescribeTargetGroupsCommand({ Names: [targetGroupName] }));
      return TargetGroups?.[0];
    } catch (error) {
      if (isRefusal(error) && error.name === 'TargetGroupNotFoundException') return undefined;
      throw error;
    }
  }

  async registrationsOf(instanceId: string, targetGroup: TargetGroup): Promise<readonly SeenRegistration[]> {
    const { targetGroupArn, targetGroupName } = targetGroup;
    const { TargetHealthDescriptions = [] } = await this.#client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );
    return TargetHealthDescriptions.filter(({ Target }) => Target?.Id === instanceId).map((description) =>
      seen({ targetGroupArn, targetGroupName, ...portAndZone(description.Target) }, description),
    );
  }

  async look(instanceId: string, registrations: readonly Registration[]): Promise<readonly SeenRegistration[]> {
    const looks = byTargetGroup(registrations).map(async (own) => {
      const { TargetHealthDescriptions = [] } = await refusable(
        this.#client.send(new DescribeTargetHealthCommand(targets(instanceId, own))),
      );
      return own.map((registration) => seen(registration, descriptionOf(registration, TargetHealthDescriptions)));
    });
    return (await Promise.all(looks)).flat();
  }

  async register(instanceId: string, registrations: readonly Registration[]): Promise<void> {
    await Promise.all(
      byTargetGroup(registrations).map((own) =>
        refusable(this.#client.send(new RegisterTargetsCommand(targets(instanceId, own)))),
      ),
    );
  }

  async deregister(instanceId: string, registrations: readonly Registration[]): Promise<void> {
    await Promise.all(
      byTargetGroup(registrations).map((own) =>
        refusable(this.#client.send(new DeregisterTargetsCommand(targets(instanceId, own)))),
      ),
    );
  }
}

/** Each call names one target group, and all that is meant in it. */
function byTargetGroup(registrations: readonly Registration[]): readonly (readonly Registration[])[] {
  return [...Map.groupBy(registrations, ({ targetGroupArn }) => targetGroupArn).values()];
}

function targets(instanceId: string, registrations: readonly Registration[]) {
  return {
    TargetGroupArn: registrations[0]?.targetGroupArn,
    Targets: registrations.map(({ port, availabilityZone }) => ({
      Id: instanceId,
      Port: port,
      AvailabilityZone: availabilityZone,
    })),
  };
}

/** The answer names ports always, the question only where they are not the target group's own. */
function descriptionOf({ port }: Registration, descriptions: readonly TargetHealthDescription[]) {
  return port === undefined ? descriptions[0] : descriptions.find(({ Target }) => Target?.Port === port);
}

function portAndZone(target: TargetDescription | undefined): Pick<Registration, 'port' | 'availabilityZone'> {
  return {
    ...(target?.Port !== undefined && { port: target.Port }),
    ...(target?.AvailabilityZone !== undefined && { availabilityZone: target.AvailabilityZone }),
  };
}

function seen(registration: Registration, description: TargetHealthDescription | undefined): SeenRegistration {
  const { State, Reason, Description } = description?.TargetHealth ?? {};
  return {
    ...registration,
    state: Reason === 'Target.NotRegistered' ? 'absent' : ((State && STATES[State]) ?? 'absent'),
    ...(Description !== undefined && { description: Description }),
    ...(Reason === 'Target.NotInUse' && { isIdle: true }),
  };
}

/** States as DescribeTargetHealth spells them. */
const STATES: Readonly<Record<string, RegistrationState>> = {
  initial: 'initial',
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  'unhealthy.draining': 'unhealthy',
  unavailable: 'initial',
  unused: 'unused',
  draining: 'draining',
};

/** Errors that no repetition mends. */
const REFUSALS = [
  'TargetGroupNotFoundException',
  'InvalidTargetException',
  'TooManyTargetsException',
  'TooManyRegistrationsForTargetIdException',
];

async function refusable<Output>(call: Promise<Output>): Promise<Output> {
  try {
    return await call;
  } catch (cause) {
    if (isRefusal(cause)) throw new LoadBalancerRefused(cause.message, { cause });
    throw cause;
  }
}

function isRefusal(error: unknown): error is ElasticLoadBalancingV2ServiceException {
  return error instanceof ElasticLoadBalancingV2ServiceException && REFUSALS.includes(error.name);
}
