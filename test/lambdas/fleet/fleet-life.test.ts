import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { MinimumHealthyHosts } from '../../../core/deployment-configs/deployment-config.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { DEPLOYMENT, FleetLife, type Scenario, type TargetRecord } from './fleet-life.ts';

/** More for a night's run: FUZZ_RUNS=20000. */
const settings = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100), seed: 20_261_122 };

const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 9 }), weight: 9 },
      { arbitrary: fc.integer({ min: 1, max: 40 }), weight: 1 },
    ),
    fc.integer({ min: 1, max: 3 }),
  )
  .chain(([size, zoneCount]) =>
    fc.record({
      zones: fc
        .array(fc.nat(zoneCount - 1), { minLength: size, maxLength: size })
        .map((zones) => zones.map((zone) => 'abc'.charAt(zone)).join('')),
      minimumHealthyHosts: fc.oneof(
        fc.constant({ type: 'MOST_CONCURRENCY', value: 1 } as const),
        fc.record({ type: fc.constant('FLEET_PERCENT' as const), value: fc.nat(99) }),
        fc.record({ type: fc.constant('HOST_COUNT' as const), value: fc.nat(size) }),
      ),
      zonalConfig: fc.option(
        fc.record(
          { minimumHealthyHostsPerZone: fc.record({ type: fc.constant('FLEET_PERCENT' as const), value: fc.nat(99) }) },
          { requiredKeys: [] },
        ),
        { nil: undefined },
      ),
      failing: fc.constantFrom(0, 5, 20, 60, 100),
      silent: fc.constantFrom(0, 0, 10),
      leaving: fc.constantFrom(0, 0, 20),
      departed: fc.constantFrom(0, 0, 20),
      breaking: fc.constantFrom(0, 0, 10),
      crashing: fc.constantFrom(0, 5, 30),
      doubled: fc.constantFrom(0, 5, 30),
      stopped: fc.constantFrom(false, false, false, true),
      seed: fc.integer(),
    }),
  );

/** The minimum as the contract words it, on its own: what must stay healthy of so many. */
function mustStayHealthy(targets: number, { type, value }: MinimumHealthyHosts): number {
  if (type === 'MOST_CONCURRENCY') return targets - 1;
  return type === 'HOST_COUNT' ? value : Math.floor((targets * value + 99) / 100);
}

/** Whose host is out of service now: the work on it is under way, or has failed. */
function isDown({ status, revision, stop }: TargetRecord): boolean {
  const wasTouched = revision !== undefined;
  return wasTouched && status !== 'Succeeded' && status !== 'Skipped' && stop?.kind !== 'Superseded';
}

const hasFailed = (record: TargetRecord) =>
  (record.status === 'Failed' || record.status === 'Stopped') && record.stop?.kind !== 'Superseded';
const leaves = ({ status, stop }: TargetRecord) => status === 'Stopped' && stop?.kind === 'Superseded';
const hasBegun = ({ lifecycleEvents }: TargetRecord) => lifecycleEvents.some(({ status }) => status !== 'Skipped');
const isGone = (record: TargetRecord) => leaves(record) && hasBegun(record);
const hadLeft = (record: TargetRecord) => record.status === 'Skipped' || (leaves(record) && !hasBegun(record));

it('healthy hosts never fall below the minimum, in the fleet or in a zone, and zones follow one another', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { zones, minimumHealthyHosts, zonalConfig } = scenario;
      const mayBeDown = zones.length - mustStayHealthy(zones.length, minimumHealthyHosts);
      const perZone = zonalConfig?.minimumHealthyHostsPerZone ?? { type: 'FLEET_PERCENT', value: 0 };
      const sizes = new Map([...new Set(zones)].map((zone) => [zone, zones.split(zone).length - 1]));

      const life = new FleetLife(scenario, (now) => {
        const down = now.records().filter(isDown);
        if (down.length > mayBeDown) throw new Error(`${down.length} of ${zones.length} are down`);
        if (!zonalConfig) return;
        const working = new Set(
          down.filter(({ status }) => status === 'InProgress').map(({ instanceId }) => now.zoneOf(instanceId)),
        );
        if (working.size > 1) throw new Error(`Work is under way in ${[...working].join(' and ')}`);
        for (const [zone, size] of sizes) {
          const here = down.filter(({ instanceId }) => now.zoneOf(instanceId) === zone).length;
          if (here > size - mustStayHealthy(size, perZone)) throw new Error(`${here} of ${size} are down in ${zone}`);
        }
      });
      await life.play();
    }),
    settings,
  );
});

it('the verdict is that of somebody who only watched, and no place is leaked', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { zones, minimumHealthyHosts, zonalConfig } = scenario;
      const size = zones.length;
      const life = new FleetLife(scenario);

      const outcome = await life.play();

      const healthy = mustStayHealthy(size, minimumHealthyHosts);
      const records = life.records();
      const places = await life.table.fleets.places(DEPLOYMENT);
      if (!places) {
        expect(['HEALTH_CONSTRAINTS_INVALID', 'MANUAL_STOP']).toContain(outcome.errorInformation?.code);
        return;
      }
      const succeeded = records.filter(({ status }) => status === 'Succeeded').length;
      const gone = records.filter(isGone).length;
      const departed = records.filter(hadLeft).length;
      const failed = records.filter(hasFailed).length;
      const allEnded = succeeded + gone + departed + failed === size;
      const isCut = places.ending?.kind === 'CutShort';

      const enough = succeeded + gone + departed >= healthy && succeeded >= 1;
      expect(outcome.status).toBe(isCut ? 'Stopped' : allEnded && enough ? 'Succeeded' : 'Failed');
      if (gone + departed === 0 && !isCut && allEnded) {
        expect(outcome.status === 'Succeeded').toBe(succeeded >= Math.max(healthy, 1));
      }
      expect(Object.values(outcome.overview ?? {}).reduce((sum, counter) => sum + counter, 0)).toBe(size);
      expect(outcome.overview).toMatchObject({ Succeeded: succeeded, Failed: failed, Pending: 0, InProgress: 0 });

      if (!allEnded && !isCut) {
        const spentInZone = places.waves.some(
          (wave, index) => zonalConfig && index === places.openWave && places.waveFailed >= wave.mayBeDown,
        );
        expect(failed >= places.mayBeDown || spentInZone || gone > places.mayBeDown).toBe(true);
      }
      expect(places.inProgress.size).toBe(0);
      expect(await life.table.groups.history(aFleetDeployment().deploymentGroupId)).not.toHaveProperty(
        'activeDeploymentId',
      );
      if (places.isUnlimited) return;
      expect(places).toMatchObject({ succeeded, gone, down: places.failed });
      // Once a fleet is ending, nobody counts who breaks off while he waits.
      if (!places.ending) expect(places).toMatchObject({ failed, departed });
    }),
    settings,
  );
});
