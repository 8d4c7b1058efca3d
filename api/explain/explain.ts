import { type StoryEntry, inOrder } from '../../core/explain/entry.ts';
import { storyOfActivity, storyOfHeartbeat } from '../../core/explain/surroundings-story.ts';
import { storyOfTarget } from '../../core/explain/target-story.ts';
import { executionNameFor, isLifecycleAction } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import { findDeployment } from '../deployments/find-deployment.ts';
import { lifecycleEventsOfTarget } from '../deployments/lifecycle-events.ts';
import { pickTargets } from '../deployments/pick-targets.ts';
import { targetsOf } from '../deployments/targets-of.ts';
import { InstanceIdRequired, UnknownInstance } from '../errors/deployment-errors.ts';
import { isDeploymentId } from '../validation/deployment-id.ts';
import type { Operation, Ports } from '../operation.ts';

interface Subject {
  /** An instance id, or a deployment id. */
  readonly subject: string | undefined;
}

/** How many deployments of a host, and how many hosts of a deployment, one story tells of: the last, and the first. */
const MOST_TARGETS = 25;

/**
 * Tells the story of a host, or of the hosts of a deployment, in order.
 * @throws InstanceIdRequired, UnknownInstance, DeploymentDoesNotExist, DeploymentNotStarted
 */
export const explain: Operation<Subject, object> = {
  input: { subject: 'text' },
  async run({ subject }, ports) {
    if (!subject) throw new InstanceIdRequired();
    const targets = isDeploymentId(subject) ? await targetsIn(subject, ports) : await targetsOn(subject, ports);
    const stories = await Promise.all([
      ...targets.map((target) => ofTarget(target, ports)),
      heartbeats(targets, ports),
      ofInstances(targets, ports),
    ]);
    return { subject, entries: inOrder(stories.flat()) };
  },
};

async function targetsIn(deploymentId: string, ports: Ports): Promise<readonly Target[]> {
  const found = await findDeployment(deploymentId, ports);
  const begun = (await targetsOf(found, ports)).filter(({ status }) => status !== 'Pending');
  const ids = begun.slice(0, MOST_TARGETS).map(({ targetId }) => targetId);
  return (await pickTargets(found, deploymentId, ids, ports)).flatMap(({ target }) => target ?? []);
}

async function targetsOn(instanceId: string, ports: Ports): Promise<readonly Target[]> {
  const deploymentIds = await ports.hostTargets.deploymentsOf(instanceId, MOST_TARGETS);
  const targets = await Promise.all(
    deploymentIds.map((deploymentId) => ports.targets.byId({ deploymentId, instanceId })),
  );
  if (targets.length === 0) throw new UnknownInstance(instanceId);
  return targets.filter((target) => target !== undefined);
}

async function ofTarget(target: Target, { hosts }: Ports): Promise<readonly StoryEntry[]> {
  const host = target.status === 'InProgress' ? await hosts.byId(target.instanceId) : undefined;
  return storyOfTarget(target, lifecycleEventsOfTarget(target, host?.leg));
}

/** What the state that beats is called in a lifecycle action's lanes. */
const HEARTBEAT_STATE = 'SendHeartbeat';

/** One execution beats for all deployments of its lifecycle action: their names are one. */
async function heartbeats(targets: readonly Target[], { executionHistory }: Ports): Promise<readonly StoryEntry[]> {
  const held = targets.filter(({ request }) => isLifecycleAction(request));
  const byExecution = new Map(held.map((target) => [executionNameFor(target.request), target]));
  const stories = [...byExecution].map(async ([name, target]) => {
    const beats = await executionHistory.endsOf(name, HEARTBEAT_STATE);
    return beats.map((at) => storyOfHeartbeat(target, at));
  });
  return (await Promise.all(stories)).flat();
}

/** What Auto Scaling did with the instances, each of which may have been a target more than once. */
async function ofInstances(targets: readonly Target[], { scalingActivities }: Ports): Promise<readonly StoryEntry[]> {
  const groups = new Map<string, string>();
  for (const { instanceId, request } of targets) {
    if (isLifecycleAction(request)) groups.set(instanceId, request.autoScalingGroupName);
  }
  const stories: StoryEntry[] = [];
  for (const [instanceId, autoScalingGroupName] of groups) {
    const activities = await scalingActivities.of(autoScalingGroupName, instanceId);
    stories.push(...activities.flatMap((activity) => storyOfActivity(instanceId, activity)));
  }
  return stories;
}
