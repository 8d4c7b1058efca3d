import type { DeploymentOverview } from '@aws-sdk/client-codedeploy';
import type { Terminal } from '../terminal.ts';
import type { Change, DeploymentChange, EventChange } from './changes.ts';

/** Lines of a script's output that are shown when it failed. */
const TAIL_LINES = 12;

type Style = Terminal['style'];

/** A change in one line, and in more where something failed. Times are UTC. */
export function linesOf(change: Change, style: Style): string[] {
  const time = change.at.toISOString().slice(11, 19);
  const [first = '', ...more] = told(change, style);
  return [`${time}  ${first}`, ...more.map((line) => `          ${line}`)];
}

function told(change: Change, style: Style): string[] {
  switch (change.type) {
    case 'deployment':
      return deploymentLines(change, style);
    case 'target':
      return [`${change.targetId}  ${statusText(change.status, style)}`];
    case 'event':
      return eventLines(change, style);
  }
}

function deploymentLines(change: DeploymentChange, style: Style): string[] {
  const { deploymentId, status, overview, errorInformation, rollbackInfo, deploymentStatusMessages = [] } = change;
  const counted = overviewText(overview);
  const { code, message } = errorInformation ?? {};
  return [
    `${deploymentId}  ${statusText(status, style)}${counted && `: ${counted}`}`,
    ...(code === undefined ? [] : [`${code}${message ? `: ${message}` : ''}`]),
    ...rollbackLines(rollbackInfo),
    ...deploymentStatusMessages,
  ];
}

function rollbackLines(rollback: DeploymentChange['rollbackInfo']): string[] {
  const { rollbackDeploymentId, rollbackMessage } = rollback ?? {};
  if (rollbackDeploymentId !== undefined) return [`Rolled back by ${rollbackDeploymentId}`];
  return rollbackMessage ? [rollbackMessage] : [];
}

function eventLines({ targetId, lifecycleEvent, status, seconds, diagnostics }: EventChange, style: Style): string[] {
  const took = seconds === undefined ? '' : ` (${seconds.toFixed(1)} s)`;
  const head = `${targetId}  ${lifecycleEvent} ${statusText(status, style)}${took}`;
  if (diagnostics === undefined) return [head];
  return [head, ...diagnosticLines(diagnostics)];
}

/** What a host said about an event: the code, the script, and the last lines that it printed. */
export function diagnosticLines(diagnostics: NonNullable<EventChange['diagnostics']>): string[] {
  const { errorCode, scriptName, message, logTail } = diagnostics;
  const where = [errorCode, scriptName && `in ${scriptName}`].filter(Boolean).join(' ');
  const output = (logTail ?? '').trimEnd().split('\n').slice(-TAIL_LINES);
  return [
    [where, message].filter(Boolean).join(': '),
    ...output.filter((line, place) => line !== '' || place > 0).map((line) => `| ${line}`),
  ].filter((line) => line !== '');
}

/** `3 succeeded, 1 in progress, 2 pending`; empty where nothing is counted. */
export function overviewText(overview: DeploymentOverview | undefined): string {
  const { Succeeded, Failed, InProgress, Ready, Pending, Skipped } = overview ?? {};
  return [
    [Succeeded, 'succeeded'] as const,
    [Failed, 'failed'] as const,
    [InProgress, 'in progress'] as const,
    [Ready, 'ready'] as const,
    [Pending, 'pending'] as const,
    [Skipped, 'skipped'] as const,
  ]
    .filter(([count]) => count !== undefined && count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
}

const STYLES: Readonly<Record<string, Parameters<Style>[0]>> = {
  Succeeded: 'green',
  Failed: 'red',
  Stopped: 'yellow',
  Unknown: 'yellow',
};

/** A status in its colour. */
export function statusText(status: string, style: Style): string {
  const colour = STYLES[status];
  return colour === undefined ? status : style(colour, status);
}
