import { AutoScalingRefused } from '../../adapters/auto-scaling/standby-groups.ts';
import type { ReadStandbyNote } from '../../adapters/table/standby-notes.ts';
import { given, giveBack, sizesDue } from '../../core/traffic/give-back.ts';
import { type GroupSizes, isAbandoned, isMoving } from '../../core/traffic/standby.ts';
import type { Engine } from '../engine.ts';

type Ports = Pick<Engine, 'standbyGroups' | 'standbyNotes' | 'telemetry' | 'clock'>;

/** Somebody else gives or takes capacity of the same Auto Scaling group at this moment; the call is made again. */
export class StandbyIsBusy extends Error {
  override readonly name = 'StandbyIsBusy';
}

/**
 * Gives an Auto Scaling group back what it is owed for hosts that no longer stand by for a deployment, whether they
 * came back or stay away: what is to be set is written down first, and set then. Hosts for which nothing is owed, or not any
 * more, are left out, so that this may be repeated.
 * @throws StandbyIsBusy
 */
export async function giveCapacityBack(
  autoScalingGroupName: string,
  instanceIds: readonly string[],
  ports: Ports,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const note = await finishChange(autoScalingGroupName, await ports.standbyNotes.of(autoScalingGroupName), ports);
    const leaving = instanceIds.filter((id) => note.hosts[id] !== undefined);
    if (leaving.length === 0) return;
    const states = await ports.standbyGroups.statesOf(autoScalingGroupName, Object.keys(note.hosts));
    // The desired capacity can only be set, not raised by so many: nobody else may be at it, nor begin before the write.
    const moving = Object.entries(note.hosts).find(([id, host]) => isMoving(host, states.get(id), ports.clock()));
    if (moving) throw new StandbyIsBusy(`${moving[0]} is at its ${moving[1].asked} in ${autoScalingGroupName}`);
    const sizes = await ports.standbyGroups.byName(autoScalingGroupName); // after the states, with all that they show
    const wanted = giveBack(note, { instanceIds: leaving, states, sizes, nowMs: ports.clock() });
    const written = await ports.standbyNotes.write(autoScalingGroupName, note, wanted);
    if (written === 'refused') continue;
    if (written.change && sizes) await carryOut(autoScalingGroupName, written, sizes, ports);
    return;
  }
  throw new StandbyIsBusy(`Too many change what ${autoScalingGroupName} is owed at the same time`);
}

/**
 * Carries out a change that somebody noted and never finished.
 * @returns the note without a change
 * @throws StandbyIsBusy while whoever began it may be at it
 */
export async function finishChange(
  autoScalingGroupName: string,
  note: ReadStandbyNote,
  ports: Ports,
): Promise<ReadStandbyNote> {
  if (!note.change) return note;
  if (!isAbandoned(note.change, ports.clock())) {
    throw new StandbyIsBusy(`Sizes of ${autoScalingGroupName} are being given back`);
  }
  return carryOut(autoScalingGroupName, note, await ports.standbyGroups.byName(autoScalingGroupName), ports);
}

async function carryOut(
  autoScalingGroupName: string,
  note: ReadStandbyNote,
  sizes: GroupSizes | undefined,
  ports: Ports,
): Promise<ReadStandbyNote> {
  const due = sizes && sizesDue(note, sizes);
  if (due) {
    const fields = { autoScalingGroupName, minSize: due.minSize, desiredCapacity: due.desiredCapacity };
    const refusal = await resize(autoScalingGroupName, due, ports);
    if (refusal === undefined) ports.telemetry.info('capacity given back', fields);
    // To wait would not help, and would hold up every other deployment to the group.
    else ports.telemetry.error('capacity could not be given back: set these sizes yourself', refusal, fields);
  }
  const finished = await ports.standbyNotes.write(autoScalingGroupName, note, given(note));
  if (finished === 'refused') throw new StandbyIsBusy(`What ${autoScalingGroupName} is owed has changed`);
  return finished;
}

/** @returns why the sizes cannot be set */
async function resize(
  autoScalingGroupName: string,
  sizes: Partial<GroupSizes>,
  { standbyGroups }: Ports,
): Promise<Error | undefined> {
  try {
    const outcome = await standbyGroups.resize(autoScalingGroupName, sizes);
    return outcome === 'done' ? undefined : new Error(outcome.notNow);
  } catch (error) {
    if (error instanceof AutoScalingRefused) return error;
    throw error;
  }
}

/** Hosts of one group come back side by side. */
const TRIES = 5;
