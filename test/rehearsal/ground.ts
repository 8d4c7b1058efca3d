import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProvisionedResource, Properties } from '../../rehearsal/cloudformation/resource-type.ts';
import { createClock } from '../../rehearsal/clock.ts';
import { createEndpoint, type Endpoint, type Route } from '../../rehearsal/endpoint/endpoint.ts';
import { createThrottles, type ThrottlesOption } from '../../rehearsal/throttles/throttles.ts';
import { createSessions } from '../../rehearsal/identity/sessions.ts';
import { Journal } from '../../rehearsal/journal.ts';
import { EnforcedPermissions, type Permissions } from '../../rehearsal/permissions/permissions.ts';
import type { BusEvent, Ground, Part } from '../../rehearsal/part.ts';

/** What a test may want beside the ground: prefix routes for parts that take them. */
export interface GroundTools {
  readonly route: Route;
  readonly endpoint: Endpoint;
}

/** A ground with some parts on it, reachable over HTTP by real SDK clients. */
export interface TestGround {
  readonly ground: Ground;
  readonly endpoint: Endpoint;
  /** Settings for any SDK client: `new SQSClient(test.client)`. */
  readonly client: ClientSettings;
  /** Settings for a client that acts as a role. */
  as(roleArn: string, sessionName?: string): ClientSettings;
  /** What the parts published to EventBridge's default bus. */
  readonly emitted: readonly BusEvent[];
  /** Creates a resource as CloudFormation would, with properties already resolved. */
  provision(
    type: string,
    properties: Properties,
    logicalId?: string,
    metadata?: Readonly<Record<string, unknown>>,
  ): Promise<ProvisionedResource>;
  /** Closes the parts and the endpoint, and removes the directory. */
  close(): Promise<void>;
}

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly maxAttempts: number;
}

/**
 * Starts an endpoint on a free port with the given parts behind it.
 * @param createParts makes the parts; the endpoint's address is known by then
 * @param options.speed rehearsed milliseconds per wall millisecond. @default 1
 * @param options.throttles quotas on how often things are done. @default 'none'
 * @param options.enforced whether policies are judged: most tests are not about them, and roles have none. @default false
 */
export async function startTestGround(
  createParts: (ground: Ground, tools: GroundTools) => readonly Part[] | Promise<readonly Part[]>,
  {
    speed = 1,
    enforced = false,
    throttles: throttling = 'none',
  }: { speed?: number; enforced?: boolean; throttles?: ThrottlesOption } = {},
): Promise<TestGround> {
  const [region, accountId] = ['us-east-1', '123456789012'];
  const clock = createClock(speed);
  const journal = new Journal(() => clock.now());
  const sessions = createSessions({ accountId, now: () => clock.now() });
  const judge = new EnforcedPermissions({ accountId, region, clock, journal });
  const refusal: Permissions['refusal'] = (...call) => (enforced ? judge.refusal(...call) : Promise.resolve(undefined));
  const permissions: Permissions = {
    policies: judge.policies,
    refusal,
    get refusals() {
      return judge.refusals;
    },
    usage: () => judge.usage(),
  };
  const throttles = createThrottles(throttling, { region, clock });
  const endpoint = createEndpoint({ clock, journal, sessions, permissions, throttles });
  const emitted: BusEvent[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'rehearsal-test-'));
  const ground: Ground = {
    region,
    accountId,
    clock,
    journal,
    credentials: sessions,
    permissions,
    throttles,
    endpoint: () => endpoint.url(),
    emit: (event) => void emitted.push(event),
    directory,
  };
  await endpoint.listen(0);
  const parts = await createParts(ground, { route: endpoint.route, endpoint });
  for (const service of parts.flatMap((part) => part.services)) endpoint.serve(service);

  const settings = (credentials: ClientSettings['credentials']): ClientSettings => ({
    endpoint: endpoint.url(),
    region,
    credentials,
    maxAttempts: 1,
  });

  return {
    ground,
    endpoint,
    client: settings({ accessKeyId: 'AKIATEST', secretAccessKey: 'test' }),
    as: (roleArn, sessionName = 'test') => settings(sessions.assumeRole(roleArn, sessionName)),
    emitted,
    async provision(type, properties, logicalId = 'Resource', metadata = {}) {
      const resourceType = parts.map((part) => part.resourceTypes[type]).find((found) => found !== undefined);
      if (!resourceType) throw new Error(`No part on this ground plays ${type}`);
      const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/test/00000000-0000-0000-0000-000000000000`;
      const generateName = (maxLength = 64): string => `test-${logicalId}-ABCDEFGHIJKL`.slice(0, maxLength);
      return resourceType.create(properties, { stackName: 'test', stackId, logicalId, type, metadata, generateName });
    },
    async close() {
      await Promise.all(parts.map((part) => part.close()));
      await endpoint.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
