import { expectThat } from './deviation.ts';
import type { DeploymentRecord } from './executions.ts';
import { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { formatDuration } from './timeline/format.ts';

const MINUTE_MS = 60_000;
const SILENCE_LIMIT_MINUTES = 5;
/** Of a busy machine: work takes the time it takes, and shows up multiplied by the speed. */
const LENIENCE_MS = 4 * MINUTE_MS;
const WITH_AGENT = { hostAgent: 'slipway' };

export interface SilentOutcome {
  /** Rehearsed milliseconds from the notice of a launch until its action ended, where no agent ever asked. */
  readonly msToNoticeNoAgent: number;
  /** From the lifecycle event at which an agent froze. */
  readonly msToNoticeFrozenAgent: number;
}

type SilentStage = Stage & { readonly fleet: Fleet };

/** `npm start -- silent`: hosts that say nothing are noticed in minutes, and those that reboot are not taken for them. */
export const silentStory: Story<SilentOutcome> = {
  name: 'silent',
  summary: 'no agent, a frozen agent: noticed within minutes; a host that reboots gets its time',
  speed: 20, // a host must boot within the limit, and booting does not run faster
  settings: {
    rollout: 'none',
    silenceMinutes: String(SILENCE_LIMIT_MINUTES),
    desiredCapacity: '0',
    hostAgent: 'none',
  },
  async tell(bare) {
    const { rehearsal, assemblies } = bare;
    const stage = { ...bare, fleet: new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet')) };
    const frozen = assemblies.withRevision('frozen-agent', WITH_AGENT);
    const rebooting = assemblies.withRevision('reboot', WITH_AGENT);
    for (const each of [frozen, rebooting]) void each.catch(() => undefined); // reported to whoever awaits it later
    const msToNoticeNoAgent = await withoutAgent(stage);
    const msToNoticeFrozenAgent = await freezes(await frozen, stage);
    await reboots(await rebooting, stage);
    return { msToNoticeNoAgent, msToNoticeFrozenAgent };
  },
};

async function withoutAgent(stage: SilentStage): Promise<number> {
  const { narrator } = stage;
  narrator.chapter('An instance launches that has no agent');
  const instanceId = await launchOne(stage);
  const { reason } = await abandoned(instanceId, stage);
  expectThat(reason.includes('has not asked for'), 'the reason says that no agent asked', reason);
  const [startedAt, endedAt] = actionOf(instanceId, stage);
  return tellWhenNoticed(instanceId, reason, endedAt - startedAt, SILENCE_LIMIT_MINUTES * MINUTE_MS, stage);
}

async function freezes(assembly: string, stage: SilentStage): Promise<number> {
  const { narrator, rehearsal } = stage;
  narrator.chapter('An agent freezes in the middle of its work');
  await rehearsal.deploy(assembly);
  const instanceId = await launchOne(stage);
  const { reason, lifecycleEvents } = await abandoned(instanceId, stage);
  expectThat(
    reason.includes('was at ApplicationStart and has said nothing'),
    'the reason says where the agent fell silent',
    reason,
  );
  const [, endedAt] = actionOf(instanceId, stage);
  const start = lifecycleEvents.find(({ lifecycleEventName: name }) => name === 'ApplicationStart')?.startTime;
  // It may have spoken up a minute later once more.
  const atLeast = (SILENCE_LIMIT_MINUTES + 1) * MINUTE_MS;
  return tellWhenNoticed(instanceId, reason, endedAt - Date.parse(start ?? ''), atLeast, stage);
}

async function reboots(assembly: string, stage: SilentStage): Promise<void> {
  const { fleet, narrator, rehearsal } = stage;
  narrator.chapter('A host reboots as part of its script');
  await rehearsal.deploy(assembly);
  const instanceId = await launchOne(stage);
  const { status, reason } = await ended(instanceId, stage);
  expectThat(status === 'Succeeded', 'the launch succeeds', `${status}: ${reason}`);
  await fleet.until(`${instanceId} in service`, async () => (await fleet.inService()).includes(instanceId));
  const awayMs = restartOfAgent(await rehearsal.readHostFile(instanceId, '/var/log/slipway/slipway-agent.log'));
  expectThat(awayMs > 0, 'the reboot ends the agent, and starts it again', 'it did not');
  narrator.seen(`${instanceId} rebooted: its agent was away for ${formatDuration(awayMs)}, and then went on`);
  narrator.detail(`asked over HTTP: “${await fleet.askApplication(instanceId)}”`);
}

/** Rehearsed milliseconds between the end of an agent and its next start, by its own log; NaN without either. */
function restartOfAgent(log: string): number {
  const lines = log.split('\n').filter((line) => line !== '');
  const entries = lines.map((line) => JSON.parse(line) as { readonly time: string; readonly message: string });
  const [ends, starts] = ['agent ends', 'agent starts'].map((words) =>
    entries.findLast(({ message }) => message === words),
  );
  return Date.parse(starts?.time ?? '') - Date.parse(ends?.time ?? '');
}

/** Brings the group to one new instance. */
async function launchOne({ fleet }: SilentStage): Promise<string> {
  await fleet.setDesiredCapacity(0);
  await fleet.until('an empty group', async () => (await fleet.instances()).length === 0);
  await fleet.setDesiredCapacity(1);
  return fleet.until('a launch', async () => (await fleet.instances())[0]?.InstanceId);
}

function ended(instanceId: string, { fleet, executions }: SilentStage): Promise<DeploymentRecord> {
  return fleet.until(`the end of the launch of ${instanceId}`, () => executions.ended(instanceId, 'launch'));
}

async function abandoned(instanceId: string, stage: SilentStage): Promise<DeploymentRecord> {
  const launch = await ended(instanceId, stage);
  const { lifecycleActionResult: result, reason } = launch;
  expectThat(result === 'ABANDON', 'the launch ends with ABANDON', `it ended with ${result}: ${reason}`);
  return launch;
}

/** When the lifecycle action of a launch began and ended, as Auto Scaling saw it. */
function actionOf(instanceId: string, { rehearsal }: SilentStage): readonly [startedAt: number, endedAt: number] {
  const moment = (event: string): number =>
    rehearsal.journal.entries.find(
      (entry) => entry.kind === 'lifecycleAction' && entry.instanceId === instanceId && entry.event === event,
    )?.at ?? Number.NaN;
  return [moment('started'), moment('completed')];
}

function tellWhenNoticed(
  instanceId: string,
  reason: string,
  tookMs: number,
  limitMs: number,
  { narrator }: SilentStage,
): number {
  expectThat(
    tookMs >= limitMs && tookMs <= limitMs + MINUTE_MS + LENIENCE_MS,
    `it is noticed ${formatDuration(limitMs)} later`,
    `it took ${formatDuration(tookMs)}`,
  );
  narrator.seen(`${instanceId}: ABANDON after ${formatDuration(tookMs)}`);
  narrator.detail(reason);
  return tookMs;
}
