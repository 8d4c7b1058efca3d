import type { HostCommandIdentifier } from '../host-command-identifier.ts';
import { commandState } from './command-state.ts';
import type { Leg } from './leg.ts';

/** What an agent may read from an answer about one of its commands. */
export type CommandStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed';

export interface Acknowledgement {
  readonly leg: Leg | 'unchanged';
  /** `InProgress`: run it. `Succeeded`: another attempt runs or ran, drop it silently. `Failed`: it was withdrawn. */
  readonly status: CommandStatus;
}

/** Takes note that the host runs the command. An answer that got lost is given again to the same attempt. */
export function acknowledge(leg: Leg | undefined, command: HostCommandIdentifier): Acknowledgement {
  const state = commandState(leg, command);
  if (leg === undefined || state === 'foreign') return { leg: 'unchanged', status: 'Failed' };
  if (state !== 'current' || leg.handedOut === undefined) return { leg: 'unchanged', status: 'Succeeded' };
  const { acknowledgedAttempt } = leg.handedOut;
  if (acknowledgedAttempt !== undefined) {
    return { leg: 'unchanged', status: acknowledgedAttempt === command.attempt ? 'InProgress' : 'Succeeded' };
  }
  return {
    leg: {
      ...leg,
      version: leg.version + 1,
      handedOut: { ...leg.handedOut, acknowledgedAttempt: command.attempt },
    },
    status: 'InProgress',
  };
}

/** What a command has come to, for an agent that asks while it runs it. */
export function commandStatus(leg: Leg | undefined, command: HostCommandIdentifier): CommandStatus {
  switch (commandState(leg, command)) {
    case 'foreign':
      return 'Failed';
    case 'over':
      return leg?.results[command.index]?.status ?? 'Failed';
    case 'current':
    case 'ahead':
      return 'InProgress';
  }
}
