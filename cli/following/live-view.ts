import type { DeploymentOverview } from '@aws-sdk/client-codedeploy';
import type { Terminal } from '../terminal.ts';
import { overviewText, statusText } from './change-lines.ts';
import { isSettled } from './observation.ts';
import type { Observation, ObservedEvent, ObservedTarget } from './observation.ts';

const BAR_CELLS = 24;
/** Rows that the view leaves to what was said before it. */
const ROWS_TO_SPARE = 6;

const MARKS: Readonly<Record<string, string>> = {
  Succeeded: '●',
  InProgress: '◐',
  Failed: '✗',
  Skipped: '–',
  Unknown: '?',
};

/** A running deployment as a few lines: how far it is, and each target that is at work with its lifecycle events. */
export function liveView(observation: Observation, nowMs: number, rows: number, style: Terminal['style']): string[] {
  const { deployment, targets } = observation;
  const { deploymentId, applicationName, deploymentGroupName, status = 'Unknown', deploymentOverview } = deployment;
  const begunAtMs = (deployment.startTime ?? deployment.createTime)?.getTime() ?? nowMs;
  const shown = [...targets.values()].filter((target) => !isSettled(target));
  const room = Math.max(1, rows - ROWS_TO_SPARE);
  const hidden = shown.length - room;
  return [
    `${deploymentId}  ${applicationName}/${deploymentGroupName}  ${statusText(status, style)}  ${clock(nowMs - begunAtMs)}`,
    ...progressLines(deploymentOverview, style),
    ...shown.slice(0, room).map((target) => targetLine(target, style)),
    ...(hidden > 0 ? [`  … and ${hidden} more at work`] : []),
  ];
}

function progressLines(overview: DeploymentOverview | undefined, style: Terminal['style']): string[] {
  const counts = Object.values(overview ?? {}).filter((count) => typeof count === 'number');
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const { Succeeded = 0, Failed = 0, Skipped = 0 } = overview ?? {};
  const cells = (count: number): number => Math.floor((count * BAR_CELLS) / all);
  const [good, bad] = [cells(Succeeded), cells(Failed + Skipped)];
  const bar =
    style('green', '█'.repeat(good)) + style('red', '█'.repeat(bad)) + '░'.repeat(Math.max(0, BAR_CELLS - good - bad));
  return [`${bar}  ${overviewText(overview)}`];
}

function targetLine({ targetId, status, events }: ObservedTarget, style: Terminal['style']): string {
  const current = events.find((event) => event.status === 'InProgress');
  const marks = events.map((event) => markOf(event, style)).join(' ');
  const name = (current?.name ?? status).padEnd(20);
  return `  ${targetId}  ${name}  ${marks}`;
}

function markOf({ status }: ObservedEvent, style: Terminal['style']): string {
  const mark = MARKS[status] ?? '○';
  if (status === 'Failed') return style('red', mark);
  return status === 'Succeeded' ? style('green', mark) : mark;
}

/** `1:02`, minutes and seconds. */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
