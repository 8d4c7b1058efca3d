import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MinimumHealthyHosts } from '../../../core/deployment-configs/deployment-config.ts';
import { type FleetProgress, statesOf } from '../../../core/fleet/fleet-progress.ts';
import { openFleet } from '../../../core/fleet/open-fleet.ts';
import { overviewOf } from '../../../core/fleet/overview.ts';
import { statusOf } from '../../../core/fleet/target-state.ts';
import { verdictOf } from '../../../core/fleet/verdict.ts';
import { targetsIn } from './a-fleet.ts';
import { byWave, type Scenario, simulate, type Watched } from './simulate.ts';

/** More for a night's run: FUZZ_RUNS=20000. */
const settings = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100), seed: 20_261_122 };

/** The minimum as the contract words it, on its own: what must stay healthy of so many. */
function mustStayHealthy(targets: number, { type, value }: MinimumHealthyHosts): number {
  if (type === 'MOST_CONCURRENCY') return targets === 1 ? 0 : targets - 1;
  return type === 'HOST_COUNT' ? value : Math.floor((targets * value + 99) / 100);
}

const among = (states: readonly string[], ...wanted: readonly string[]) =>
  states.filter((state) => wanted.includes(state)).length;
const down = (states: readonly string[]) => among(states, 'InProgress', 'Failed', 'Unreachable');

const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 200 })), fc.integer({ min: 1, max: 4 }))
  .chain(([size, zoneCount]) =>
    fc.record({
      zones: fc
        .array(fc.nat(zoneCount), { minLength: size, maxLength: size })
        .map((zones) => zones.map((zone) => '-cba'.charAt(zone % 4)).join('')),
      minimumHealthyHosts: fc.oneof(
        fc.constant({ type: 'MOST_CONCURRENCY', value: 1 } as const),
        fc.record({ type: fc.constant('FLEET_PERCENT' as const), value: fc.nat(99) }),
        fc.record({ type: fc.constant('HOST_COUNT' as const), value: fc.nat(size) }),
      ),
      zonalConfig: fc.option(
        fc.record(
          {
            monitorDurationInSeconds: fc.nat(600),
            minimumHealthyHostsPerZone: fc.record({ type: fc.constant('FLEET_PERCENT' as const), value: fc.nat(99) }),
          },
          { requiredKeys: [] },
        ),
        { nil: undefined },
      ),
      failing: fc.constantFrom(0, 2, 10, 50, 100),
      unreachable: fc.constantFrom(0, 0, 5, 50),
      leaving: fc.constantFrom(0, 0, 3, 60),
      scaleIn: fc.constantFrom(0, 0, 20),
      stopping: fc.constantFrom(0, 0, 0, 2),
      seed: fc.integer(),
    }),
  );

function open({ zones, minimumHealthyHosts, zonalConfig }: Scenario) {
  const config = { minimumHealthyHosts, ...(zonalConfig && { zonalConfig }) };
  return openFleet({ targets: targetsIn(zones), config, noneOutdated: false });
}

/** Plays a scenario if it can open at all; says otherwise that it was right not to. */
function play(
  scenario: Scenario,
  watch: (before: FleetProgress, after: FleetProgress) => void = () => undefined,
): Watched | undefined {
  const opened = open(scenario);
  if (opened.kind === 'run') return simulate(opened.progress, scenario, watch);
  expect(opened.settlement).toMatchObject({ errorInformation: { code: 'HEALTH_CONSTRAINTS_INVALID' } });
  return undefined;
}

it('a fleet opens exactly when some target may be worked on in every zone', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { zones, minimumHealthyHosts, zonalConfig } = scenario;
      const perZone = zonalConfig?.minimumHealthyHostsPerZone ?? { type: 'FLEET_PERCENT', value: 0 };
      const sizes = zonalConfig ? [...new Set(zones)].map((zone) => zones.split(zone).length - 1) : [];

      expect(open(scenario).kind === 'run').toBe(
        mustStayHealthy(zones.length, minimumHealthyHosts) < zones.length &&
          sizes.every((size) => mustStayHealthy(size, perZone) < size),
      );
    }),
    settings,
  );
});

it('never are more targets down than may be, in the fleet or in a zone, and no target changes once it ended', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { zones, minimumHealthyHosts, zonalConfig } = scenario;
      const mayBeDown = zones.length - mustStayHealthy(zones.length, minimumHealthyHosts);
      const perZone = zonalConfig?.minimumHealthyHostsPerZone;

      play(scenario, (before, after) => {
        const states = statesOf(after);
        const waves = byWave(after);
        const earlier = statesOf(before);
        const breaches = [
          down(states) > mayBeDown,
          perZone && waves.some((wave) => down(wave) > wave.length - mustStayHealthy(wave.length, perZone)),
          earlier.some((state, target) => !['Pending', 'InProgress', states[target]].includes(state)),
          after.version !== before.version + 1,
        ];
        if (breaches.some(Boolean)) throw new Error(`${breaches} at ${JSON.stringify(after)}`);
      });
    }),
    settings,
  );
});

it('no target is worked on twice, and none while a target of an earlier zone has still to end', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const watched = play(scenario, (before, after) => {
        if (down(statesOf(after)) <= down(statesOf(before))) return;
        const early = byWave(after).slice(0, after.openWave);
        if (early.some((wave) => among(wave, 'Pending', 'InProgress') > 0)) throw new Error('began out of turn');
        const late = byWave(after).slice(after.openWave + 1);
        if (late.some((wave) => down(wave) > 0)) throw new Error('began before its zone was open');
      });

      if (watched) expect(new Set(watched.begun).size).toBe(watched.begun.length);
    }),
    settings,
  );
});

it('the verdict is that of somebody who only watched', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const watched = play(scenario);
      if (!watched) return;
      const { progress, outcomes, stopped } = watched;
      const size = scenario.zones.length;
      const outcomesLike = (...wanted: string[]) => among([...outcomes.values()], ...wanted);
      const healthy = mustStayHealthy(size, scenario.minimumHealthyHosts);
      const enough = outcomesLike('Succeeded') + outcomesLike('Gone') >= healthy && outcomesLike('Succeeded') >= 1;
      const everyoneEnded = outcomes.size === size;

      const expected = stopped ? 'Stopped' : enough && everyoneEnded ? 'Succeeded' : 'Failed';

      expect(verdictOf(progress)?.status).toBe(expected);
      if (outcomesLike('Gone') === 0 && !stopped && everyoneEnded) {
        expect(expected === 'Succeeded').toBe(outcomesLike('Succeeded') >= Math.max(healthy, 1));
      }
    }),
    settings,
  );
});

it('targets are skipped only when no more could begin, or hosts were driven away', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const watched = play(scenario);
      if (!watched || watched.stopped) return;
      const states = statesOf(watched.progress);
      const overview = overviewOf(states.map(statusOf));
      expect(Object.values(overview).reduce((sum, counter) => sum + counter, 0)).toBe(states.length);
      if (among(states, 'Skipped') === 0) return;

      const isSpent = among(states, 'Failed', 'Unreachable') >= watched.progress.mayBeDown;
      const isSpentInZone = byWave(watched.progress).some(
        (wave, index) => among(wave, 'Failed', 'Unreachable') >= (watched.progress.waves[index]?.mayBeDown ?? 0),
      );
      const areDrivenAway = among(states, 'GoneDuring') > watched.progress.mayBeDown;
      expect(isSpent || isSpentInZone || areDrivenAway).toBe(true);
    }),
    settings,
  );
});
