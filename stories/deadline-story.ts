import { AutoScalingClient, RecordLifecycleActionHeartbeatCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetDeploymentCommand, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy';
import type { Rehearsal } from '../rehearsal/index.ts';
import { codeDeployClient, GROUP } from './code-deploy.ts';
import { expectThat } from './deviation.ts';
import { Fleet } from './fleet.ts';
import { HookBreaker } from './hook-breaker.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { formatDuration } from './timeline/format.ts';

const HOOK = 'slipway-launch';
/** Far below what the construct allows: its shortest would make this story an hour and more of waiting. */
const HEARTBEAT_TIMEOUT_SECONDS = 50;
/** A hundred heartbeat timeouts are the longest that an action stays open, by whatever heartbeats. */
const GLOBAL_TIMEOUT_MS = 100 * HEARTBEAT_TIMEOUT_SECONDS * 1000;
const HEARTBEAT_EVERY_MS = 10_000;

export interface DeadlineOutcome {
  /** Rehearsed milliseconds from the start of the lifecycle action. */
  readonly msToWarning: number;
  readonly msToEnd: number;
  readonly msToDeadline: number;
}

type DeadlineStage = Stage & { readonly fleet: Fleet };

/** `npm start -- deadline`: work that would outlive its lifecycle action is warned of, and ended in order before. */
export const deadlineStory: Story<DeadlineOutcome> = {
  name: 'deadline',
  summary: 'a launch that would outlive its lifecycle action is warned of, and ended in order before',
  revision: 'slow-hooks',
  settings: { rollout: 'none', desiredCapacity: '0', silenceMinutes: '60' },
  async tell(bare) {
    const { rehearsal, narrator } = bare;
    const stage = { ...bare, fleet: new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet')) };
    narrator.chapter('Scripts of almost two hours meet a hook that gives a launch 83 minutes');
    await shortenHook(stage);
    await stage.fleet.setDesiredCapacity(1);
    const instanceId = await stage.fleet.until('a launch', async () => (await stage.fleet.instances())[0]?.InstanceId);
    const end = new AbortController();
    const kept = keepOpen(instanceId, stage, end.signal);
    try {
      return await meetDeadline(instanceId, stage);
    } finally {
      end.abort();
      await kept;
    }
  },
};

/** The heartbeat timeout is what the deadline follows from; the engine knows it by the hook's own metadata. */
async function shortenHook({ rehearsal, fleet, narrator }: DeadlineStage): Promise<void> {
  const hooks = new HookBreaker(rehearsal, fleet.autoScalingGroupName);
  const hook = (await hooks.hooks()).find(({ LifecycleHookName: name }) => name === HOOK);
  const { slipway } = JSON.parse(hook?.NotificationMetadata ?? '{}') as { readonly slipway: object };
  await hooks.put({
    LifecycleHookName: HOOK,
    HeartbeatTimeout: HEARTBEAT_TIMEOUT_SECONDS,
    NotificationMetadata: JSON.stringify({
      slipway: { ...slipway, heartbeatTimeoutSeconds: HEARTBEAT_TIMEOUT_SECONDS },
    }),
  });
  narrator.seen(
    `Its heartbeat timeout is ${HEARTBEAT_TIMEOUT_SECONDS} s now, and somebody sends heartbeats all the time`,
  );
}

/** Sends heartbeats, as user data often does, until the action is over: the engine's come every five minutes. */
async function keepOpen(InstanceId: string, { rehearsal, fleet }: DeadlineStage, end: AbortSignal): Promise<void> {
  const client = new AutoScalingClient(operatorOf(rehearsal));
  const heartbeat = { InstanceId, LifecycleHookName: HOOK, AutoScalingGroupName: fleet.autoScalingGroupName };
  while (!end.aborted) {
    // Refused before the action has begun, and when it is over.
    await client.send(new RecordLifecycleActionHeartbeatCommand(heartbeat)).catch(() => undefined);
    await rehearsal.clock.sleep(HEARTBEAT_EVERY_MS);
  }
}

async function meetDeadline(instanceId: string, stage: DeadlineStage): Promise<DeadlineOutcome> {
  const { rehearsal, fleet, narrator, executions } = stage;
  const note = await fleet.until('a note on the deployment', () => noteOnDeployment(rehearsal));
  narrator.seen(`The deployment says from its beginning: “${note}”`);

  narrator.chapter('The deadline comes near');
  await fleet.until('the metric DeadlinesNear', async () => (await countOf('DeadlinesNear', rehearsal)) > 0, 6000);
  const { startedAt } = actionOf(instanceId, stage);
  const msToWarning = rehearsal.clock.now() - startedAt;
  expectThat(
    msToWarning >= 0.8 * GLOBAL_TIMEOUT_MS,
    'the warning comes when four fifths are over',
    `it came after ${formatDuration(msToWarning)}`,
  );
  narrator.seen(
    `DeadlinesNear was counted after ${formatDuration(msToWarning)} of ${formatDuration(GLOBAL_TIMEOUT_MS)}`,
  );

  const launch = await fleet.until('the end of the launch', () => executions.ended(instanceId, 'launch'), 6000);
  const { endedAt, result, cause } = actionOf(instanceId, stage);
  const msToEnd = endedAt - startedAt;
  expectThat(
    result === 'ABANDON' && cause === 'CompleteLifecycleAction' && msToEnd < GLOBAL_TIMEOUT_MS,
    'the engine completes the action with ABANDON, before Auto Scaling ends it',
    `${result} by ${cause} after ${formatDuration(msToEnd)}`,
  );
  expectThat(launch.reason.includes('Auto Scaling ends the lifecycle action'), 'the reason is told', launch.reason);
  narrator.seen(
    `${instanceId}: ABANDON by the engine, ${formatDuration(GLOBAL_TIMEOUT_MS - msToEnd)} before the deadline`,
  );
  narrator.detail(launch.reason);
  await fleet.setDesiredCapacity(0);
  return { msToWarning, msToEnd, msToDeadline: GLOBAL_TIMEOUT_MS };
}

/** What any client of CodeDeploy finds in the status messages of the group's deployment, while it runs. */
async function noteOnDeployment(rehearsal: Rehearsal): Promise<string | undefined> {
  const codeDeploy = codeDeployClient(rehearsal);
  const { deployments: [deploymentId] = [] } = await codeDeploy.send(new ListDeploymentsCommand(GROUP));
  if (deploymentId === undefined) return undefined;
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  return deploymentInfo?.deploymentStatusMessages?.find((message) => message.includes('ends the lifecycle action'));
}

async function countOf(MetricName: string, rehearsal: Rehearsal): Promise<number> {
  const now = rehearsal.clock.now();
  const { Datapoints = [] } = await new CloudWatchClient(operatorOf(rehearsal)).send(
    new GetMetricStatisticsCommand({
      Namespace: 'Slipway',
      MetricName,
      Dimensions: [{ Name: 'service', Value: 'slipway' }],
      StartTime: new Date(now - 86_400_000),
      EndTime: new Date(now + 3_600_000),
      Period: 86_400,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
}

/** The lifecycle action of a launch as Auto Scaling saw it; moments are rehearsed milliseconds since the epoch. */
function actionOf(instanceId: string, { rehearsal }: DeadlineStage) {
  const moments = rehearsal.journal.entries.filter((entry) => entry.kind === 'lifecycleAction');
  const own = moments.filter((entry) => entry.instanceId === instanceId);
  const ended = own.find(({ event }) => event === 'completed');
  return {
    startedAt: own.find(({ event }) => event === 'started')?.at ?? Number.NaN,
    endedAt: ended?.at ?? Number.NaN,
    result: ended?.result,
    cause: ended?.cause,
  };
}

function operatorOf({ endpoint, region }: Rehearsal) {
  return { endpoint, region, credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
}
