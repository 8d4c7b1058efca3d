import { placesKey } from '../../../adapters/table/keys.ts';
import { stoppedByRequest } from '../../../core/fleet/ending.ts';
import { isTerminal } from '../../../core/fleet/deployment-status.ts';
import type { FleetSettlement } from '../../../core/fleet/error-code.ts';
import type { FleetDeployment, TargetList } from '../../../core/fleet-deployment.ts';
import type { InPlaceRequest } from '../../../core/target-request.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { waitForArrivals } from './arrivals.ts';
import { chooseTargets } from './choose-targets.ts';
import { existingDeployment } from './existing-deployment.ts';
import { holdStill } from './hold-still.ts';
import { lookAtAlarms } from './look-at-alarms.ts';
import { secondsUntilNextLook } from './time-limit.ts';

/** What the state machine goes on with. */
export interface OpenedFleet {
  readonly decision: 'Roll' | 'Settle';
  /** Set when the deployment is over before it began. */
  readonly settlement: FleetSettlement | null;
  /** What every target is asked for, beside its own id. */
  readonly request: Omit<InPlaceRequest, 'instanceId'> | null;
  readonly lookInSeconds: number;
  /** Where the lane that watches leaves its token, in DynamoDB's own notation. */
  readonly tableKey: Readonly<Record<string, { readonly S: string }>>;
}

/**
 * Opens a deployment: chooses its targets and their order, lays out their places, and begins; or settles what cannot
 * begin. The list of targets is the gate: repeated, it goes on with the list that is on record.
 */
export async function openFleet(deploymentId: string, engine: FleetEngine): Promise<OpenedFleet> {
  const deployment = await existingDeployment(deploymentId, engine);
  if (isTerminal(deployment.status)) return settled(deploymentId, null);
  if (deployment.status === 'Created') await engine.notifications.ofDeployment(deployment);
  if (!(await engine.fleetTargets.list(deploymentId)) && !deployment.stopRequest)
    await waitForArrivals(deployment, engine);
  const targets =
    (await engine.fleetTargets.list(deploymentId)) ??
    (await hindrance(deployment, engine)) ??
    (await chooseTargets(deployment, engine));
  if ('status' in targets) return settled(deploymentId, targets);
  return begin(deployment, await engine.fleetTargets.choose(deploymentId, targets), engine);
}

/** What keeps the deployment from beginning, before anything else is looked at. */
async function hindrance(deployment: FleetDeployment, engine: FleetEngine): Promise<FleetSettlement | undefined> {
  if (!(await engine.deploymentGroups.byName(deployment.group))) return GROUP_MISSING;
  const ending = deployment.stopRequest ? stoppedByRequest() : await lookAtAlarms(deployment, engine);
  return ending && { status: ending.status, errorInformation: ending.errorInformation };
}

const GROUP_MISSING: FleetSettlement = {
  status: 'Failed',
  errorInformation: {
    code: 'DEPLOYMENT_GROUP_MISSING',
    message: 'The deployment group was deleted before the deployment began',
  },
};

async function begin(deployment: FleetDeployment, targets: TargetList, engine: FleetEngine): Promise<OpenedFleet> {
  const { deploymentId } = deployment;
  await holdStill(deployment, engine);
  await engine.fleets.open(deploymentId, targets.waves, targets.mayBeDown);
  const begun = await engine.deployments.start(deploymentId, targets.targetIds.length, engine.clock());
  if (begun === 'refused') return settled(deploymentId, null);
  await engine.notifications.ofDeployment(begun);
  // Whoever asked for a stop before there were places could not end them himself.
  if (begun.stopRequest) await engine.fleets.end(deploymentId, stoppedByRequest());
  engine.telemetry.count('FleetDeploymentsStarted');
  engine.telemetry.info('fleet deployment started', {
    deploymentId,
    applicationName: deployment.applicationName,
    deploymentGroupName: deployment.deploymentGroupName,
    targets: targets.targetIds.length,
    mayBeDown: targets.mayBeDown,
  });
  return {
    decision: 'Roll',
    settlement: null,
    request: requestOf(deployment),
    lookInSeconds: secondsUntilNextLook(begun, engine.clock()),
    tableKey: tableKeyOf(deploymentId),
  };
}

function requestOf(deployment: FleetDeployment): Omit<InPlaceRequest, 'instanceId'> {
  const { deploymentId, group, revision, creator, instanceRoleArn } = deployment;
  const { ignoreApplicationStopFailures, fileExistsBehavior } = deployment;
  const { deploymentOption, loadBalancerInfo } = deployment;
  return {
    type: 'in-place',
    deploymentId,
    ...group,
    revision,
    creator,
    ignoreApplicationStopFailures,
    fileExistsBehavior,
    trafficSettings: {
      ...(deploymentOption && { deploymentOption }),
      ...(loadBalancerInfo && { loadBalancerInfo }),
    },
    ...(instanceRoleArn !== undefined && { instanceRoleArn }),
  };
}

function settled(deploymentId: string, settlement: FleetSettlement | null): OpenedFleet {
  return { decision: 'Settle', settlement, request: null, lookInSeconds: 0, tableKey: tableKeyOf(deploymentId) };
}

function tableKeyOf(deploymentId: string) {
  const { pk, sk } = placesKey(deploymentId);
  return { pk: { S: pk }, sk: { S: sk } };
}
