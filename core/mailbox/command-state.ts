import type { HostCommandIdentifier } from '../host-command-identifier.ts';
import { type Leg, currentEvent } from './leg.ts';

/**
 * Where a command stands in the leg that the mailbox holds. `foreign`: the mailbox holds another leg, or none, so the
 * command was withdrawn or settled long ago.
 */
export type CommandState = 'current' | 'over' | 'ahead' | 'foreign';

/** Finds a command, of whatever attempt, in the leg. */
export function commandState(leg: Leg | undefined, command: HostCommandIdentifier): CommandState {
  if (leg?.deploymentId !== command.deploymentId || leg.legNumber !== command.legNumber) return 'foreign';
  if (leg.events[command.index] !== command.commandName) return 'foreign';
  if (command.index < leg.results.length) return 'over';
  return command.index === leg.results.length && currentEvent(leg) !== undefined ? 'current' : 'ahead';
}
