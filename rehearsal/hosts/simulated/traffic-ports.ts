import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Ground } from '../../part.ts';

/** Role of the account behind load balancing itself, in whose name it is asked. */
const serviceRole = (accountId: string): string =>
  `arn:aws:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`;

/** A thousand applications that start at once ask once. */
const FRESH_FOR_WALL_MS = 1000;

/**
 * The ports that the account's target groups send requests and health checks to. The application of a simulated host
 * comes without a configuration of its own, so that it listens where it is looked for.
 */
export function trafficPorts(ground: Ground): () => Promise<readonly number[]> {
  let latest: { readonly askedAtMs: number; readonly ports: Promise<readonly number[]> } | undefined;
  return () => {
    const nowMs = performance.now();
    if (!latest || nowMs - latest.askedAtMs > FRESH_FOR_WALL_MS) {
      latest = { askedAtMs: nowMs, ports: describeTargetGroups(ground).then(portsOf) };
    }
    return latest.ports;
  };
}

async function describeTargetGroups({
  accountId,
  credentials,
  endpoint,
  region,
}: Ground): Promise<readonly TargetGroup[]> {
  // Loaded where it is needed: rehearsals with real hosts never ask.
  const { DescribeTargetGroupsCommand, ElasticLoadBalancingV2Client } =
    await import('@aws-sdk/client-elastic-load-balancing-v2');
  const client = new ElasticLoadBalancingV2Client({
    endpoint: endpoint(),
    region,
    maxAttempts: 1,
    credentials: credentials.assumeRole(serviceRole(accountId), 'ElasticLoadBalancing'),
  });
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  client.destroy();
  return TargetGroups;
}

/** `traffic-port` as a health check port is that of the traffic. */
function portsOf(targetGroups: readonly TargetGroup[]): readonly number[] {
  const ports = targetGroups
    .filter(({ TargetType }) => TargetType === 'instance')
    .flatMap(({ Port, HealthCheckPort }) => [Number(Port), Number(HealthCheckPort)]);
  return [...new Set(ports.filter((port) => port > 0))];
}
