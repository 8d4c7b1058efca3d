import type { Assemblies } from '../../stories/assemblies.ts';
import { onScenario } from '../scenario.ts';
import { verdict } from '../statistics.ts';
import { FleetDeployments, type Traffic } from './fleet-deployments.ts';
import { suspendReplacements } from './suspend-replacements.ts';
import { AWS_DEFAULTS, ownSeconds, setTimes, type TargetGroupTimes } from './target-group.ts';
import { usageLine, usagePerTarget } from './usage-per-target.ts';

/** How often a host looks for commands, so that the engine is measured and not how hosts look away. */
const POLL_PAUSE_MS = 500;
/** As quick as AWS lets a target group be, but for a delay that still is one. */
const QUICK: TargetGroupTimes = { deregistrationDelaySeconds: 1, checkIntervalSeconds: 5, healthyThreshold: 2 };
const AIM_SECONDS_PER_TARGET = 2;
const AIM_TRANSITIONS = 25;

/** Deploys to fleets of simulated hosts. @param say is given each line for a person once it is known: all take minutes */
export async function measureFleets(assemblies: Assemblies, isShort: boolean, say: Say): Promise<void> {
  say(`  one at a time, in real time; hosts work no time at all, and ask twice a second`);
  await oneAtATime(assemblies, isShort ? [2] : [6, 50], say);
  await withTimesOfAws(assemblies, isShort ? { targets: 2, speed: 60 } : { targets: 6, speed: 10 }, say);
}

type Say = (line: string) => void;

/** What the engine adds to each target: behind a load balancer, beyond what that takes by its settings. */
async function oneAtATime(assemblies: Assemblies, sizes: readonly number[], say: Say): Promise<void> {
  const simulation = { longestPollPauseMs: POLL_PAUSE_MS };
  return onScenario(assemblies, { speed: 1, simulation }, async ({ rehearsal, scaleTo, untilInService }) => {
    const deployments = new FleetDeployments(rehearsal, await setTimes(rehearsal, QUICK));
    await suspendReplacements(rehearsal);
    for (const targets of sizes) {
      await scaleTo(targets);
      await untilInService(targets);
      for (const traffic of ['left-alone', 'controlled'] as const) {
        const ended = await deployments.roll('CodeDeployDefault.OneAtATime', traffic);
        const others = traffic === 'controlled' ? ownSeconds(QUICK) : 0;
        const seconds = ended.durationMs / 1000 / targets - others;
        say(
          `  ${titleOf(targets, traffic)} ${ended.succeeded} succeeded, engine ${seconds.toFixed(2)} s per target` +
            `${others > 0 ? ` beyond the load balancer’s ${others} s` : ''}   aim < ${AIM_SECONDS_PER_TARGET} s: ${verdict(seconds < AIM_SECONDS_PER_TARGET)}`,
        );
        say(usageLine(usagePerTarget(ended.entries, targets)));
      }
    }
  });
}

/** What a target takes where the target group has AWS's defaults: faster than real time, as it takes minutes. */
async function withTimesOfAws(
  assemblies: Assemblies,
  { targets, speed }: { readonly targets: number; readonly speed: number },
  say: Say,
): Promise<void> {
  const simulation = { longestPollPauseMs: POLL_PAUSE_MS };
  return onScenario(assemblies, { speed, simulation }, async ({ rehearsal, scaleTo, untilInService }) => {
    const deployments = new FleetDeployments(rehearsal, await setTimes(rehearsal, AWS_DEFAULTS));
    await suspendReplacements(rehearsal);
    await scaleTo(targets);
    await untilInService(targets);
    const ended = await deployments.roll('CodeDeployDefault.AllAtOnce', 'controlled');
    const usage = usagePerTarget(ended.entries, targets);
    const { deregistrationDelaySeconds, checkIntervalSeconds } = AWS_DEFAULTS;
    say(
      `  ${titleOf(targets, 'controlled')} ${ended.succeeded} succeeded, all at once, time ${speed} times faster; AWS’s defaults: ` +
        `${deregistrationDelaySeconds} s of drain, a check every ${checkIntervalSeconds} s`,
    );
    say(
      `${usageLine(usage)}   aim ≤ ${AIM_TRANSITIONS} transitions: ${verdict(usage.mostTransitions <= AIM_TRANSITIONS)}`,
    );
  });
}

function titleOf(targets: number, traffic: Traffic): string {
  return `${String(targets).padStart(3)} targets${traffic === 'controlled' ? ' behind a load balancer' : ''}:`;
}
