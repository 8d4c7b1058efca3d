import type { Terminal } from '../terminal.ts';
import { linesOf } from './change-lines.ts';
import type { Change } from './changes.ts';
import { liveView } from './live-view.ts';
import { isEnded } from './observation.ts';
import type { Observation } from './observation.ts';

/** Where a followed deployment appears. */
export interface Screen {
  readonly show: (observation: Observation, changes: readonly Change[]) => void;
  /** Nothing is drawn any more. */
  close(): void;
}

/** Targets beyond which plain lines tell of each target's beginning, end and failures, and of nothing between. */
const SMALL_FLEET = 20;

const SECOND_MS = 1000;

/** A view that moves for a person, lines for a log, JSON for a machine. */
export function screenFor(terminal: Terminal, json: boolean): Screen {
  if (json) return jsonScreen(terminal);
  return terminal.live ? liveScreen(terminal, terminal.live) : plainScreen(terminal);
}

function jsonScreen(terminal: Terminal): Screen {
  return {
    show: (_observation, changes) => {
      for (const change of changes) terminal.print(JSON.stringify(change));
    },
    close: () => undefined,
  };
}

function plainScreen(terminal: Terminal): Screen {
  return {
    show: ({ targets }, changes) => {
      for (const change of changes) {
        if (isTold(change, targets.size)) for (const line of linesOf(change, terminal.style)) terminal.print(line);
      }
    },
    close: () => undefined,
  };
}

function isTold(change: Change, targets: number): boolean {
  if (change.type !== 'event') return true;
  if (change.status === 'InProgress') return false; // its end is told, a moment later
  return change.status !== 'Succeeded' || targets <= SMALL_FLEET;
}

/** What moves stays below; ends and failures are said above it, and remain. */
function liveScreen(terminal: Terminal, live: NonNullable<Terminal['live']>): Screen {
  let last: Observation | undefined;
  const draw = (): void => {
    if (last) live.draw(liveView(last, Date.now(), live.rows, terminal.style));
  };
  const ticking = setInterval(draw, SECOND_MS);
  return {
    show: (observation, changes) => {
      for (const change of changes) {
        if (isLasting(change)) for (const line of linesOf(change, terminal.style)) terminal.print(line);
      }
      last = isEnded(observation.deployment) ? undefined : observation;
      if (last) draw();
      else live.draw([]);
    },
    close: () => {
      clearInterval(ticking);
      last = undefined;
      live.draw([]);
    },
  };
}

function isLasting({ type, status }: Change): boolean {
  return type === 'deployment' || (status !== 'InProgress' && (type === 'target' || status !== 'Succeeded'));
}
