import type { Target } from '../../core/target.ts';
import type { Progress } from '../../core/traffic/judge.ts';
import { asking } from '../../core/traffic/standby.ts';
import { finishChange, giveCapacityBack } from '../standby/give-capacity-back.ts';
import { noteAnswer } from '../standby/note-answer.ts';
import type { Ports } from './ports.ts';
import { busyIsUnderWay } from './busy-is-under-way.ts';

/** Asks Auto Scaling to bring a host back from Standby, and gives the group its minimum back with the last one. */
export async function exitStandby(
  autoScalingGroupName: string,
  { instanceId }: Target,
  ports: Ports,
): Promise<Progress> {
  const state = (await ports.standbyGroups.statesOf(autoScalingGroupName, [instanceId])).get(instanceId);
  switch (state) {
    case undefined:
      return { kind: 'failed', reason: `${instanceId} is no longer in ${autoScalingGroupName}` };
    case 'Standby':
      return busyIsUnderWay(() => comeBack(autoScalingGroupName, instanceId, ports));
    case 'InService':
      return busyIsUnderWay(async (): Promise<Progress> => {
        await giveCapacityBack(autoScalingGroupName, [instanceId], ports);
        return { kind: 'done' };
      });
    default:
      if (state.startsWith('Pending')) await noteAnswer(autoScalingGroupName, instanceId, false, ports);
      return { kind: 'underWay', waitsFor: `${instanceId} is ${state}` };
  }
}

async function comeBack(name: string, instanceId: string, ports: Ports): Promise<Progress> {
  const note = await finishChange(name, await ports.standbyNotes.of(name), ports);
  const host = note.hosts[instanceId];
  const asked = host && asking(note, instanceId, { ...host, asked: 'ExitStandby', askedAtMs: ports.clock() });
  if (asked && (await ports.standbyNotes.write(name, note, asked)) === 'refused') {
    return { kind: 'underWay', waitsFor: `${name} takes another host back first`, isHeldUp: true };
  }
  const left = await ports.standbyGroups.exitStandby(name, instanceId);
  if (left !== 'done') return { kind: 'underWay', waitsFor: left.notNow, isHeldUp: true };
  await noteAnswer(name, instanceId, false, ports);
  return { kind: 'underWay', waitsFor: `${instanceId} is Pending` };
}
