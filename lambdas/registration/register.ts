import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

import type { CustomResourceResponse, Respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import type { Declaration, DeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { describeGroup } from '../../core/deployment-group.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { type HoldingPorts, releaseLaunches } from '../launch-guard/hold-launches.ts';
import { resumeLaunches } from '../launch-guard/resume-launches.ts';
import type { Telemetry } from '../telemetry.ts';
import { declaredGroup } from './declared-group.ts';
import { InvalidDeclaration } from './properties.ts';
import { readableObject } from './readable-object.ts';

export interface Ports extends HoldingPorts {
  readonly deploymentGroups: DeploymentGroups;
  readonly respond: Respond;
  readonly telemetry: Telemetry;
}

/**
 * Registers, changes or removes a deployment group as its template says, and answers CloudFormation whatever happens:
 * a stack without an answer hangs for an hour.
 */
export async function register(event: CloudFormationCustomResourceEvent, ports: Ports): Promise<void> {
  await ports.respond(event.ResponseURL, {
    ...(await verdict(event, ports)),
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
}

type Verdict = Pick<CustomResourceResponse, 'Status' | 'Reason' | 'PhysicalResourceId' | 'Data'>;

async function verdict(event: CloudFormationCustomResourceEvent, ports: Ports): Promise<Verdict> {
  try {
    return { Status: 'SUCCESS', ...(await carryOut(event, ports)) };
  } catch (error) {
    ports.telemetry.error('registration failed', error, { logicalResourceId: event.LogicalResourceId });
    const isExplained = error instanceof InvalidDeclaration;
    return {
      Status: 'FAILED',
      Reason: isExplained ? error.message : 'The registration failed; the log of its function says why',
      PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : NEVER_REGISTERED,
    };
  }
}

/** Names what a failed creation did not create; CloudFormation asks to delete it nevertheless. */
const NEVER_REGISTERED = 'never-registered';

/** The physical resource id is `<application>/<deployment group>`. */
async function carryOut(
  event: CloudFormationCustomResourceEvent,
  ports: Ports,
): Promise<Pick<Verdict, 'PhysicalResourceId' | 'Data'>> {
  const by: Declaration = { stackId: event.StackId, logicalResourceId: event.LogicalResourceId };
  if (event.RequestType === 'Delete') {
    const name = nameIn(event.PhysicalResourceId);
    if (name) await withdraw(name, by, ports);
    return { PhysicalResourceId: event.PhysicalResourceId };
  }
  const group = declaredGroup(event.ResourceProperties);
  const id = describeGroup(group);
  if ((await ports.deploymentGroups.declare(group, by)) === 'refused') {
    throw new InvalidDeclaration(
      `Another stack registers the deployment group ${id}: choose another name, or remove it there`,
    );
  }
  await releaseLaunches(group, ports);
  ports.telemetry.info('deployment group registered', { deploymentGroup: id, stackId: event.StackId });
  const known = (await ports.deploymentGroups.byName(group)) ?? group;
  const LastSuccessfulObjectArn = readableObject(known, event.StackId);
  return { PhysicalResourceId: id, ...(LastSuccessfulObjectArn && { Data: { LastSuccessfulObjectArn } }) };
}

/** Nobody would let launches go that a group held which is no more. */
async function withdraw(name: DeploymentGroupName, by: Declaration, ports: Ports): Promise<void> {
  const group = await ports.deploymentGroups.byName(name);
  if (group?.stackId === by.stackId) await resumeLaunches(name, ports);
  await ports.deploymentGroups.withdraw(name, by);
}

function nameIn(physicalResourceId: string): DeploymentGroupName | undefined {
  const [applicationName, deploymentGroupName] = physicalResourceId.split('/');
  return applicationName && deploymentGroupName ? { applicationName, deploymentGroupName } : undefined;
}
