import { describeGroup } from '../../core/deployment-group.ts';
import { placeOf } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import type { Progress, UnderWay } from '../../core/traffic/judge.ts';
import { takeOut } from '../../core/traffic/take-out.ts';
import { noteAnswer } from '../standby/note-answer.ts';
import { finishChange } from '../standby/give-capacity-back.ts';
import { busyIsUnderWay } from './busy-is-under-way.ts';
import type { Ports } from './ports.ts';

/** Asks Auto Scaling to put a host into Standby, making room first where the group is at its minimum. */
export async function enterStandby(autoScalingGroupName: string, target: Target, ports: Ports): Promise<Progress> {
  const { instanceId } = target;
  const state = (await ports.standbyGroups.statesOf(autoScalingGroupName, [instanceId])).get(instanceId);
  switch (state) {
    case undefined:
      return { kind: 'failed', reason: `${instanceId} is no longer in ${autoScalingGroupName}` };
    case 'Standby':
      return { kind: 'done' };
    case 'InService':
      return busyIsUnderWay(() => leave(autoScalingGroupName, target, ports));
    case 'EnteringStandby':
      return { kind: 'underWay', waitsFor: `${instanceId} is EnteringStandby` };
    default:
      return heldUp(`${instanceId} is ${state}`);
  }
}

/** What is taken from the group is written down first: whoever ends the deployment gives it back from there. */
async function leave(name: string, target: Target, ports: Ports): Promise<Progress> {
  const { instanceId, group } = target;
  const before = await finishChange(name, await ports.standbyNotes.of(name), ports);
  const sizes = await ports.standbyGroups.byName(name);
  if (!sizes) return { kind: 'failed', reason: `The Auto Scaling group ${name} is no more` };
  const { note, minSize } = takeOut(
    before,
    sizes,
    { instanceId, deploymentGroup: describeGroup(group), mostAtOnce: await mostAtOnce(target, ports) },
    ports.clock(),
  );
  if ((await ports.standbyNotes.write(name, before, note)) === 'refused') {
    return heldUp(`${name} lets another host go first`);
  }
  if (minSize !== undefined) {
    const lowered = await ports.standbyGroups.resize(name, { minSize });
    if (lowered !== 'done') return heldUp(lowered.notNow);
  }
  const entered = await ports.standbyGroups.enterStandby(name, instanceId);
  await noteAnswer(name, instanceId, entered === 'done' || (await standsBy(name, instanceId, ports)), ports);
  if (entered !== 'done') return heldUp(entered.notNow);
  return { kind: 'underWay', waitsFor: `${instanceId} is EnteringStandby` };
}

/** How many targets of the same deployment may be down at once. */
async function mostAtOnce({ request }: Target, { fleets }: Ports): Promise<number> {
  const place = placeOf(request);
  return (place && (await fleets.places(place.deploymentId))?.mayBeDown) ?? 1;
}

/** A call that was made twice is refused, and had its effect. */
async function standsBy(name: string, instanceId: string, { standbyGroups }: Ports): Promise<boolean> {
  const state = (await standbyGroups.statesOf(name, [instanceId])).get(instanceId);
  return state === 'EnteringStandby' || state === 'Standby';
}

function heldUp(waitsFor: string): UnderWay {
  return { kind: 'underWay', waitsFor, isHeldUp: true };
}
