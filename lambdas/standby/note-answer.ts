import type { Engine } from '../engine.ts';

/**
 * Notes what Auto Scaling has answered about a host: whether the desired capacity is without it from now on. Where
 * others are at the note and always faster, it stays unknown.
 */
export async function noteAnswer(
  autoScalingGroupName: string,
  instanceId: string,
  isAway: boolean,
  { standbyNotes }: Pick<Engine, 'standbyNotes'>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const note = await standbyNotes.of(autoScalingGroupName);
    const host = note.hosts[instanceId];
    if (!host || host.isAway === isAway) return;
    const answered = { ...note, hosts: { ...note.hosts, [instanceId]: { ...host, isAway } } };
    if ((await standbyNotes.write(autoScalingGroupName, note, answered)) !== 'refused') return;
  }
}

const TRIES = 5;
