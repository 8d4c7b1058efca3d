import { beforeEach, describe, expect, it } from 'vitest';

import type { TrafficEventName } from '../../../core/lifecycle-event.ts';
import { targetIdOf } from '../../../core/target-request.ts';
import { NOTHING_OWED } from '../../../core/traffic/standby.ts';
import { settleDeadExecution } from '../../../lambdas/dead-execution/settle-dead-execution.ts';
import { settleDeployment } from '../../../lambdas/orchestrator/steps/settle-deployment.ts';
import { stopTheWork } from '../../../lambdas/orchestrator/steps/stop-the-work.ts';
import { moveTraffic } from '../../../lambdas/traffic/move-traffic.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { aLeg, anInPlaceRequest, aTarget } from '../doubles/builders.ts';
import { Crash, crashAfter } from '../doubles/crash.ts';
import { MemoryStandbyGroups } from '../doubles/memory-standby.ts';
import { MemoryTargetGroups } from '../doubles/memory-target-groups.ts';
import { NOON, recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const request = anInPlaceRequest();
const ID = targetIdOf(request);
const { instanceId } = ID;
const trafficControl = { targetGroupNames: ['web-targets'] };
const done = { status: 'Succeeded', startedAtMs: NOON, endedAtMs: NOON } as const;
const AS_IT_WAS = { minSize: 2, desiredCapacity: 2, maxSize: 2 };

type World = RecordedEngine & { readonly targetGroups: MemoryTargetGroups };
let world: World;
beforeEach(async () => {
  world = await aWorld();
});

/** A group of two hosts that may not be smaller, one of which has run the first leg of a deployment in place. */
async function aWorld(): Promise<World> {
  const standbyGroups = new MemoryStandbyGroups([instanceId, 'i-other'], AS_IT_WAS);
  const made = { ...recordedEngine(), standbyGroups, targetGroups: new MemoryTargetGroups() };
  made.targetGroups.states.set(80, 'healthy');
  await made.targets.open(aTarget({ request, trafficControl, legNumber: 1 }));
  const leg = { deploymentId: ID.deploymentId, legNumber: 1, events: ['BeforeBlockTraffic' as const], results: [done] };
  await made.mailboxes.place(instanceId, aLeg(leg), 'in-place');
  return made;
}

const move = (event: TrafficEventName, ports: World = world) =>
  moveTraffic({ request, event, stepNumber: event === 'BlockTraffic' ? 2 : 4 }, ports);
const answer = () => {
  world.standbyGroups.answer();
  world.targetGroups.answer();
};
const blocked = async () => {
  await expect(move('BlockTraffic')).rejects.toThrow();
  answer();
  await move('BlockTraffic');
};
const settled = (error?: { Error: string }) => settleDeployment(request, error, world);
const owed = () => world.standbyNotes.of('web-blue');

describe('a host that stands by while it is deployed to', () => {
  it('leaves a group that is at its minimum, and its target groups', async () => {
    await expect(move('BlockTraffic')).rejects.toMatchObject({
      name: 'LookAgainIn150Seconds',
      message: `${instanceId} is EnteringStandby; web-targets:80 is draining`,
    });
    answer();

    await expect(move('BlockTraffic')).resolves.toEqual({ status: 'Succeeded' });

    expect(world.standbyGroups.states.get(instanceId)).toBe('Standby');
    expect(world.standbyGroups.sizes).toEqual({ minSize: 1, desiredCapacity: 1, maxSize: 2 });
    expect(await owed()).toMatchObject({ hosts: { [instanceId]: { deploymentGroup: 'web/web-fleet' } }, minSize: 2 });
  });

  it('comes back before it is registered, and the group is as it was', async () => {
    await blocked();
    await expect(move('AllowTraffic')).rejects.toThrow('is Pending');
    expect(world.targetGroups.calls).toEqual(['deregister 80']);
    answer();
    await expect(move('AllowTraffic')).rejects.toThrow('web-targets:80 is initial');
    answer();

    await expect(move('AllowTraffic')).resolves.toEqual({ status: 'Succeeded' });

    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
    expect(await owed()).toMatchObject(NOTHING_OWED);
  });

  it('keeps its traffic, and asks again soon, while there is no room for it', async () => {
    world.standbyGroups.states.set(instanceId, 'Pending');

    await expect(move('BlockTraffic')).rejects.toMatchObject({ name: 'LookAgainIn1Seconds' });

    expect(world.targetGroups.calls).toEqual([]);
  });

  it('is moved with a warning while Auto Scaling registers nobody', async () => {
    world.standbyGroups.suspended = ['AddToLoadBalancer'];

    await blocked();

    expect(world.telemetry.lines.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('AddToLoadBalancer is suspended'),
    );
  });

  it('stays in service where its group has not asked for Standby', async () => {
    world.standbyGroups.isTagged = false;

    await blocked();

    expect(world.standbyGroups.states.get(instanceId)).toBe('InService');
  });

  it('stays in service while launches are suspended, for nobody could come back', async () => {
    world.standbyGroups.suspended = ['Launch'];

    await blocked();

    expect(world.standbyGroups.states.get(instanceId)).toBe('InService');
    expect(world.targetGroups.calls).toEqual(['deregister 80']);
  });

  it('is left alone where an operator has put it into Standby', async () => {
    world.standbyGroups.states.set(instanceId, 'Standby');

    await expect(move('BlockTraffic')).rejects.toThrow('stands by in web-blue for somebody else');
  });

  it('waits where an operator has left no room for its return, and says so', async () => {
    await blocked();
    world.standbyGroups.sizes = { minSize: 0, desiredCapacity: 1, maxSize: 1 };

    await expect(move('AllowTraffic')).rejects.toThrow('max-size=1');
  });

  it('fails where the engine may not change the group', async () => {
    world.standbyGroups.isAllowed = false;

    await expect(move('BlockTraffic')).rejects.toMatchObject({ name: 'TrafficNotMoved', message: 'not authorized' });
  });

  it('fails where it is no longer a member', async () => {
    await blocked();
    world.standbyGroups.states.delete(instanceId);

    await expect(move('AllowTraffic')).rejects.toThrow('is no longer in web-blue');
  });
});

describe('a deployment that does not bring its host back from Standby', () => {
  const STAYS =
    'The host stays in Standby in web-blue until a rollback brings it back; without one, Auto Scaling launches another ' +
    'in its place: terminate it once you have looked at it';

  it('leaves it there, says so, and gives the group its capacity back', async () => {
    await blocked();

    const { reason } = await settled({ Error: 'Broken' });

    expect(reason).toBe(`The engine failed: Broken. ${STAYS}`);
    expect(world.standbyGroups.states.get(instanceId)).toBe('Standby');
    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
  });

  it('says so as well where it was on its way back', async () => {
    await blocked();
    await expect(move('AllowTraffic')).rejects.toThrow('is Pending');

    const { reason } = await settled({ Error: 'Broken' });

    expect(reason).toContain('The host may be in Standby in web-blue still');
  });

  it('leaves a host alone that stands by for a later deployment, when it is settled late', async () => {
    await blocked();
    await settled({ Error: 'Broken' });
    const later = aFleetDeployment({ deploymentId: 'd-LATER0001' });
    await world.table.deployments.create(later);
    const note = { deploymentGroup: 'web/web-fleet', asked: 'EnterStandby', askedAtMs: NOON } as const;
    world.standbyGroups.sizes = { ...AS_IT_WAS, desiredCapacity: 1 };
    world.standbyNotes.items.set('web-blue', { ...NOTHING_OWED, hosts: { [instanceId]: note }, version: 9 });

    await settled({ Error: 'Broken' });

    expect(world.standbyGroups.sizes.desiredCapacity).toBe(1);
    expect(await owed()).toMatchObject({ hosts: { [instanceId]: note } });
  });

  it('does so once, however often it is settled', async () => {
    await blocked();

    await settled({ Error: 'Broken' });
    await settled({ Error: 'Broken' });

    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
  });

  it('ends so as well when its execution is aborted while the host drains', async () => {
    await expect(move('BlockTraffic')).rejects.toThrow();

    await settleDeadExecution({ detail: { status: 'ABORTED', input: JSON.stringify(request) } }, world);

    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
    expect((await world.targets.byId(ID))?.settlement?.reason).toContain(STAYS);
  });

  it.each(['before it drains', 'while it drains', 'when it stands by'])(
    'ends so when it is stopped %s, and no event begins any more',
    async (moment) => {
      if (moment !== 'before it drains') await expect(move('BlockTraffic')).rejects.toThrow();
      if (moment === 'when it stands by') answer();
      await stopTheWork(ID, { kind: 'DeploymentStopped', reason: 'stopped' }, world);
      await expect(move('BlockTraffic')).rejects.toMatchObject({ name: 'TrafficNotMoved' });

      const { status, lifecycleEvents } = await settled();

      expect(status).toBe('Stopped');
      expect(lifecycleEvents.some((event) => event.lifecycleEventName === 'ApplicationStop' && event.startTime)).toBe(
        false,
      );
      expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
      expect(await owed()).toMatchObject(NOTHING_OWED);
    },
  );

  it('leaves what an operator has set meanwhile', async () => {
    await blocked();
    world.standbyGroups.sizes = { minSize: 0, desiredCapacity: 5, maxSize: 9 };

    await settled({ Error: 'Broken' });

    expect(world.standbyGroups.sizes).toEqual({ minSize: 0, desiredCapacity: 6, maxSize: 9 });
  });

  it('gives the host’s place back where it was terminated in Standby', async () => {
    await blocked();
    world.standbyGroups.states.delete(instanceId);
    await stopTheWork(ID, { kind: 'Superseded', reason: 'it terminates' }, world);

    await settled();

    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
  });

  it('owes nothing for a host that is terminated on its way back', async () => {
    await blocked();
    world.standbyGroups.sizes = { ...world.standbyGroups.sizes, maxSize: 3 };
    await expect(move('AllowTraffic')).rejects.toThrow('is Pending');
    world.standbyGroups.states.delete(instanceId);
    await stopTheWork(ID, { kind: 'Superseded', reason: 'it terminates' }, world);

    await settled();

    expect(world.standbyGroups.sizes.desiredCapacity).toBe(AS_IT_WAS.desiredCapacity);
  });

  it('owes nothing for a host that is terminated before it could stand by', async () => {
    const { enterStandby } = world.standbyGroups;
    world.standbyGroups.enterStandby = (name, id) => {
      world.standbyGroups.states.set(id, 'Terminating');
      return enterStandby(name, id);
    };
    world.standbyGroups.sizes = { minSize: 0, desiredCapacity: 2, maxSize: 3 };
    await expect(move('BlockTraffic')).rejects.toThrow('is not in InService');
    world.standbyGroups.states.delete(instanceId);
    await stopTheWork(ID, { kind: 'Superseded', reason: 'it terminates' }, world);

    await settled();

    expect(world.standbyGroups.sizes.desiredCapacity).toBe(2);
  });

  it('gets its capacity back where Auto Scaling was asked twice, and refused the second time', async () => {
    const { enterStandby } = world.standbyGroups;
    world.standbyGroups.enterStandby = async (name, id) => {
      await enterStandby(name, id);
      return enterStandby(name, id);
    };
    await expect(move('BlockTraffic')).rejects.toThrow('is not in InService');

    await settled({ Error: 'Broken' });

    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
  });

  it('says in its log what could not be set, and settles all the same', async () => {
    await blocked();
    world.standbyGroups.isAllowed = false;

    await settled({ Error: 'Broken' });

    expect(world.telemetry.lines).toContainEqual({
      message: 'capacity could not be given back: set these sizes yourself',
      fields: expect.objectContaining({ autoScalingGroupName: 'web-blue', minSize: 2, desiredCapacity: 2 }) as unknown,
    });
  });

  it('leaves it to the end of the fleet, for a rollback may come for the host', async () => {
    const inFleet = anInPlaceRequest({ deploymentId: 'd-FLEET0001', targetNumber: 0 });
    const id = targetIdOf(inFleet);
    await world.fleets.open('d-FLEET0001', [{ size: 1, mayBeDown: 1, monitorSeconds: 0 }], 1);
    await world.fleets.take('d-FLEET0001', 0);
    await world.mailboxes.withdraw(instanceId, ID.deploymentId);
    await world.targets.open(aTarget({ request: inFleet, trafficControl, legNumber: 1 }));
    await expect(moveTraffic({ request: inFleet, event: 'BlockTraffic', stepNumber: 2 }, world)).rejects.toThrow();

    await settleDeployment(inFleet, { Error: 'Broken' }, world);
    expect(world.standbyGroups.sizes.desiredCapacity).toBe(1);
    await world.fleets.close(id.deploymentId);
    await settleDeployment(inFleet, { Error: 'Broken' }, world);

    expect(world.standbyGroups.sizes).toEqual(AS_IT_WAS);
  });
});

describe('a crash on the way into Standby and back', () => {
  /** Plays a whole deployment; after `n` outside calls the process ends once, and the state machine calls again. */
  async function played(end: 'AllowTraffic' | 'failure', n = Infinity): Promise<number> {
    world = await aWorld();
    const { ports, calls } = crashAfter(world, n);
    const resume = async (step: (ports: World) => Promise<unknown>): Promise<void> => {
      for (let looks = 0; looks < 20; looks += 1) {
        const ended = await step(calls() < n ? ports : world).then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof Crash) && !/^LookAgain|StandbyIsBusy/.test((error as Error).name)) throw error;
            return false;
          },
        );
        if (ended) return;
        world.advance(61);
        answer();
      }
      throw new Error('It does not end');
    };
    await resume((some) => move('BlockTraffic', some));
    expect(world.standbyGroups.states.get(instanceId)).toBe('Standby');
    if (end === 'AllowTraffic') await resume((some) => move('AllowTraffic', some));
    else await resume((some) => settleDeployment(request, { Error: 'Broken' }, some));
    return calls();
  }

  it.each(['AllowTraffic', 'failure'] as const)(
    'after any outside call leaves the group with what it had: %s',
    async (end) => {
      const calls = await played(end);

      for (let n = 1; n <= calls; n += 1) {
        await played(end, n);

        expect(world.standbyGroups.sizes, `crashed after outside call ${n} of ${calls}`).toEqual(AS_IT_WAS);
        expect(await owed()).toMatchObject(NOTHING_OWED);
      }
    },
  );
});
