import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SFNClient } from '@aws-sdk/client-sfn';

import { AwsError } from '../../rehearsal/endpoint/service.ts';
import type { Invocation } from './invocation.ts';
import { exceptionOf, type ServiceName } from './service-errors.ts';

/** A service's operations by their names, without the detour over HTTP. */
export type InProcess = Readonly<Record<string, Operation>>;

type Operation = (input: Record<string, unknown>) => Promise<unknown>;

interface Command {
  readonly input: Record<string, unknown>;
}

/** What adapters take for the client of Auto Scaling. */
export function autoScalingClient(operations: InProcess, invocation: Invocation): AutoScalingClient {
  return standIn(AutoScalingClient.prototype, 'autoscaling', operations, invocation);
}

/** What they take for that of CloudWatch. */
export function cloudWatchClient(operations: InProcess, invocation: Invocation): CloudWatchClient {
  return standIn(CloudWatchClient.prototype, 'cloudwatch', operations, invocation);
}

/** What they take for that of Elastic Load Balancing. */
export function loadBalancingClient(operations: InProcess, invocation: Invocation): ElasticLoadBalancingV2Client {
  return standIn(ElasticLoadBalancingV2Client.prototype, 'elasticloadbalancing', operations, invocation);
}

/** What they take for that of Step Functions. */
export function statesClient(operations: InProcess, invocation: Invocation): SFNClient {
  return standIn(SFNClient.prototype, 'states', operations, invocation);
}

/** Made from the prototype: paginators ask for an instance, and a real client would open connections. */
function standIn<Client extends object>(
  prototype: Client,
  service: ServiceName,
  operations: InProcess,
  invocation: Invocation,
): Client {
  const send = (command: Command): Promise<unknown> => {
    const name = command.constructor.name.replace(/Command$/, '');
    return invocation.through(service, () => carryOut(service, operations[name], name, command.input));
  };
  return Object.create(prototype, { send: { value: send } }) as Client;
}

async function carryOut(
  service: ServiceName,
  operation: InProcess[string] | undefined,
  name: string,
  input: Record<string, unknown>,
): Promise<unknown> {
  if (!operation) throw new Error(`${service} is not asked for ${name}`);
  try {
    return (await operation(input)) ?? {};
  } catch (error) {
    throw error instanceof AwsError ? exceptionOf(service, error) : error;
  }
}
