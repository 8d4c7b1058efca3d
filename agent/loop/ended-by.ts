import type { EventEquipment } from './carry-out-event.ts';

/**
 * Equipment whose scripts and downloads end when the command is withdrawn, too. An installation is not among them: it
 * takes seconds, and half of one would leave the host with neither revision.
 */
export function endedBy(withdrawn: AbortSignal, equipment: EventEquipment): EventEquipment {
  const { scripts, sources } = equipment;
  const signal = AbortSignal.any([scripts.signal, withdrawn]);
  const { send, s3, gitHub } = sources;
  return {
    ...equipment,
    scripts: { ...scripts, signal },
    sources: { send, s3: { ...s3, signal }, gitHub: { ...gitHub, signal } },
  };
}
