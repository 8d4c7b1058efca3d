import type { AgentStatus } from './agent-status.ts';

/**
 * Exit codes of `slipway-agent --status`, as `systemctl status` has them: 0 for an agent at work, 3 for none. 4 is an
 * agent that runs, and whose command service does not answer.
 */
type StatusExitCode = 0 | 3 | 4;

export interface StatusReport {
  readonly text: string;
  readonly exitCode: StatusExitCode;
}

/** Puts a status into words. @param isRunning whether the process that wrote it is alive */
export function describeStatus(status: AgentStatus, isRunning: boolean, nowMs: number): StatusReport {
  const moment = (ms: number): string => `${new Date(ms).toISOString()} (${age(nowMs - ms)} ago)`;
  const { underWay, lastProblem, answeredAtMs, failingSinceMs } = status;
  const lines = [
    ['agent', `${status.version}, ${isRunning ? `running as process ${status.process?.pid}` : 'not running'}`],
    ['started', moment(status.startedAtMs)],
    ['host', status.hostIdentifier ?? 'not known yet: instance metadata was not read'],
    ['command service', status.commandService],
    ['last answer', answeredAtMs === undefined ? 'none yet' : moment(answeredAtMs)],
    ...(failingSinceMs === undefined ? [] : [['failing since', moment(failingSinceMs)]]),
    ...(underWay
      ? [
          [
            isRunning ? 'under way' : 'left behind',
            `${underWay.event} of ${underWay.deploymentId}, since ${moment(underWay.sinceMs)}`,
          ],
        ]
      : []),
    ...(lastProblem ? [['last problem', `${moment(lastProblem.atMs)} ${lastProblem.text}`]] : []),
  ];
  const text = lines.map(([name = '', value]) => `${name.padEnd(16)} ${value}\n`).join('');
  return { text, exitCode: exitCode(status, isRunning) };
}

function exitCode({ answeredAtMs, failingSinceMs }: AgentStatus, isRunning: boolean): StatusExitCode {
  if (!isRunning) return 3;
  return answeredAtMs !== undefined && failingSinceMs === undefined ? 0 : 4;
}

/** `4 s`, `12 min`, `3 h`, `5 d` */
function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
