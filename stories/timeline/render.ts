import { styleText } from 'node:util';
import type { DeploymentRecord, LifecycleEventRecord } from '../executions.ts';
import type { InstanceTimeline, Moment } from './collect.ts';
import { formatDuration, formatOffset } from './format.ts';

type Style = Parameters<typeof styleText>[0];

const INDENT = ' '.repeat(12);

/**
 * The timelines as text for a person.
 * @param startedAt the story's beginning, milliseconds since the epoch; offsets count from it
 */
export function renderTimelines(timelines: readonly InstanceTimeline[], startedAt: number): string {
  return timelines.map((timeline) => renderInstance(timeline, startedAt)).join('\n\n');
}

function renderInstance({ instanceId, moments }: InstanceTimeline, startedAt: number): string {
  const lines = groupLifecycleStates(moments).flatMap((moment) => renderMoment(moment, startedAt));
  return [styleText('bold', instanceId), ...lines].join('\n');
}

/** A longer pause between two states deserves a line of its own. */
const LONGEST_STRIDE_MS = 60_000;

/** States that follow each other at once are one line: `Pending → Pending:Wait`. */
function groupLifecycleStates(moments: readonly Moment[]): (Moment & { states?: string[] })[] {
  const grouped: (Moment & { states?: string[] })[] = [];
  for (const moment of moments) {
    const last = grouped.at(-1);
    if (moment.kind === 'lifecycleAction' && moment.event === 'started') continue;
    if (moment.kind === 'lifecycleState' && last?.states && moment.at - last.at < LONGEST_STRIDE_MS)
      last.states.push(moment.lifecycleState);
    else if (moment.kind === 'lifecycleState') grouped.push({ ...moment, states: [moment.lifecycleState] });
    else grouped.push(moment);
  }
  return grouped;
}

function renderMoment(moment: Moment & { states?: string[] }, startedAt: number): string[] {
  const offset = formatOffset(moment.at - startedAt).padStart(9);
  switch (moment.kind) {
    case 'lifecycleState':
      return [`${offset}   ${styleText('cyan', moment.states?.join(' → ') ?? moment.lifecycleState)}`];
    case 'heartbeat':
      return [`${offset}   ${styleText('magenta', '♥ heartbeat')}`];
    case 'lifecycleAction':
      return moment.event === 'started' ? [] : [`${offset}   ${renderResult(moment.result)} (${moment.cause})`];
    case 'deployment':
      return renderDeployment(moment.deployment, offset, moment.at, moment.endedAt);
  }
}

function renderResult(result: string): string {
  return styleText(result === 'ABANDON' ? 'red' : 'green', result);
}

const STATUS_STYLE: Readonly<Record<string, Style>> = { Succeeded: 'green', Failed: 'red', Stopped: 'yellow' };

function renderDeployment(
  { type, deploymentId, status, reason, lifecycleEvents }: DeploymentRecord,
  offset: string,
  at: number,
  endedAt?: number,
): string[] {
  const took = endedAt === undefined ? '' : ` in ${formatDuration(endedAt - at)}`;
  // The failed event says what the reason would repeat.
  const hasFailedEvent = lifecycleEvents.some(({ status: eventStatus }) => eventStatus === 'Failed');
  const verdict = styleText(STATUS_STYLE[status] ?? 'dim', `${status}${took}`);
  return [
    `${offset}   ${type} deployment ${deploymentId}: ${verdict}`,
    ...lifecycleEvents.filter(({ status: eventStatus }) => eventStatus !== 'Unknown').flatMap(renderLifecycleEvent),
    ...(status === 'Succeeded' || hasFailedEvent ? [] : [`${INDENT}  ${styleText('dim', reason)}`]),
  ];
}

function renderLifecycleEvent(event: LifecycleEventRecord): string[] {
  const name = event.lifecycleEventName.padEnd(19);
  if (event.status === 'Skipped') return [`${INDENT}  ${styleText('dim', `${name} skipped`)}`];
  const noScript = event.diagnostics?.message === 'no script';
  if (noScript) return [`${INDENT}  ${styleText('dim', `${name} no script`)}`];
  const duration =
    event.startTime !== undefined && event.endTime !== undefined
      ? formatDuration(Date.parse(event.endTime) - Date.parse(event.startTime))
      : '';
  if (event.status !== 'Failed') return [`${INDENT}  ${name} ${duration}`];
  return [
    `${INDENT}  ${styleText('red', `${name} failed after ${duration}`)}: ${event.diagnostics?.message ?? ''}`,
    ...lastLines(event.diagnostics?.logTail ?? '', 4).map((line) => `${INDENT}    ${styleText('dim', `│ ${line}`)}`),
  ];
}

/** The last lines of a log that say something. */
export function lastLines(log: string, count: number): string[] {
  return log
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
}
