import { SurveyTooLong } from '../../adapters/auto-scaling/group-survey.ts';
import { instancesInQuestion } from '../../core/doctor/instance-rules.ts';
import type { Delivery, ObservedAutoScalingGroup, ObservedHost, Observation } from '../../core/doctor/observation.ts';
import { DIRECTIONS, metadataOf, nameOfHook, ourHooks, ownersOf } from '../../core/doctor/our-hooks.ts';
import { type DeploymentGroup, describeGroup } from '../../core/deployment-group.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { TooManyAutoScalingGroups } from '../errors/examination-errors.ts';
import type { Ports } from '../operation.ts';

/** What doctor reads from. */
export type ExaminationPorts = Pick<
  Ports,
  | 'applications'
  | 'namedGroups'
  | 'deploymentList'
  | 'fleetTargets'
  | 'hosts'
  | 'groupSurvey'
  | 'hookSharers'
  | 'hookTarget'
>;

/**
 * Reads all that doctor goes by: hooks first, for their deployment groups are on record before them.
 * @throws TooManyAutoScalingGroups
 */
export async function observe(ports: ExaminationPorts): Promise<Observation> {
  const autoScalingGroups = await surveyed(ports);
  const deploymentGroups = await deploymentGroupsOf(ports);
  const observation = {
    hookTarget: ports.hookTarget,
    delivery: await tryDelivery(autoScalingGroups, ports),
    autoScalingGroups,
    deploymentGroups,
    lastLaunches: await lastLaunches(autoScalingGroups, deploymentGroups, ports),
    sharing: await sharingOf(autoScalingGroups, deploymentGroups, ports),
    hosts: new Map<string, ObservedHost>(),
  };
  return { ...observation, hosts: await hostsOf(observation, ports) };
}

async function surveyed({ groupSurvey }: ExaminationPorts): Promise<readonly ObservedAutoScalingGroup[]> {
  try {
    return await groupSurvey.groups();
  } catch (error) {
    throw error instanceof SurveyTooLong ? new TooManyAutoScalingGroups(error.read, { cause: error }) : error;
  }
}

async function deploymentGroupsOf({ applications, namedGroups }: ExaminationPorts): Promise<DeploymentGroup[]> {
  const names = await allOf((after) => applications.names(after, AT_ONCE));
  const found = await inTurns(names, async (name) => {
    const application = await applications.byName(name);
    if (!application) return [];
    const { recordName } = application;
    const groupNames = await allOf((after) => namedGroups.names(recordName, after, AT_ONCE));
    return inTurns(groupNames, (groupName) => namedGroups.find(recordName, groupName));
  });
  return found.flat().filter((group) => group !== undefined);
}

/** Tries one hook that is as it should be: all of them share the queue and the role. */
async function tryDelivery(
  groups: readonly ObservedAutoScalingGroup[],
  { groupSurvey, hookTarget }: ExaminationPorts,
): Promise<Delivery> {
  for (const { autoScalingGroupName, hooks } of groups) {
    const hook = hooks.find(
      ({ lifecycleHookName, notificationTargetArn, roleArn }) =>
        lifecycleHookName === nameOfHook('launch') &&
        notificationTargetArn === hookTarget.lifecycleQueueArn &&
        roleArn === hookTarget.hookRoleArn,
    );
    if (hook) return groupSurvey.tryDelivery(autoScalingGroupName, hook);
  }
  return { kind: 'untried' };
}

/** A template's deployment group whose hooks are lost is found by what it last deployed to. */
async function lastLaunches(
  groups: readonly ObservedAutoScalingGroup[],
  deploymentGroups: readonly DeploymentGroup[],
  ports: ExaminationPorts,
): Promise<ReadonlyMap<string, string>> {
  const hooks = groups.flatMap((group) => ourHooks(group, 'launch', ports));
  const named = new Set(hooks.flatMap((hook) => metadataOf(hook)?.deploymentGroups.map(describeGroup) ?? []));
  const unnamed = deploymentGroups.filter((group) => !group.settings && !named.has(describeGroup(group)));
  const launches = await inTurns(unnamed, async (group) => {
    const autoScalingGroupName = await lastLaunchedIn(group, ports);
    return autoScalingGroupName === undefined ? [] : [[describeGroup(group), autoScalingGroupName] as const];
  });
  return new Map(launches.flat());
}

/** A group's launches are all behind one another, save for fleets and terminations in between. */
const DEPLOYMENTS_LOOKED_AT = 20;

async function lastLaunchedIn(
  group: DeploymentGroup,
  { deploymentList, fleetTargets }: ExaminationPorts,
): Promise<string | undefined> {
  const deploymentGroupId = deploymentGroupIdFor(group);
  const { items } = await deploymentList.ids({ deploymentGroupId, limit: DEPLOYMENTS_LOOKED_AT });
  for (const deploymentId of items) {
    const [target] = (await fleetTargets.begun(deploymentId)).items;
    if (target?.request.type === 'launch') return target.request.autoScalingGroupName;
  }
  return undefined;
}

/** Who is on record as sharing hooks: of groups that have hooks of ours, or are said to. */
async function sharingOf(
  groups: readonly ObservedAutoScalingGroup[],
  deploymentGroups: readonly DeploymentGroup[],
  ports: ExaminationPorts,
): Promise<Observation['sharing']> {
  const named = new Set(deploymentGroups.flatMap(({ settings }) => settings?.autoScalingGroups ?? []));
  const inQuestion = groups.filter(
    (group) =>
      named.has(group.autoScalingGroupName) ||
      DIRECTIONS.some((direction) => ourHooks(group, direction, ports).length > 0),
  );
  const found = await inTurns(inQuestion, async ({ autoScalingGroupName }) => {
    const { sharers } = await ports.hookSharers.of(autoScalingGroupName);
    return [autoScalingGroupName, sharers] as const;
  });
  return new Map(found);
}

async function hostsOf(
  observation: Observation,
  { hosts }: ExaminationPorts,
): Promise<ReadonlyMap<string, ObservedHost>> {
  const inQuestion = observation.autoScalingGroups.flatMap((group) => {
    const owners = ownersOf(group, observation);
    return owners.length === 0 ? [] : instancesInQuestion(group).map(({ instanceId }) => ({ instanceId, owners }));
  });
  const found = await inTurns(inQuestion, async ({ instanceId, owners }) => {
    const host = await hosts.byId(instanceId, { mayBeStale: true });
    if (!host) return [];
    const deployedBy = owners.filter((owner) => host.installed(owner)).map(describeGroup);
    return [[instanceId, { deployedBy, isBusy: host.leg !== undefined }] as const];
  });
  return new Map(found.flat());
}

/** Reads side by side that a table on demand takes easily. */
const AT_ONCE = 25;

async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))));
  }
  return results;
}

async function allOf<Item>(
  read: (after: string | undefined) => Promise<{ items: readonly Item[]; last: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    all.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return all;
}
