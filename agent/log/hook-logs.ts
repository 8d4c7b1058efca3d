import { hookLogGroupFrom } from '../../core/names.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Timing } from '../loop/timing.ts';
import { errorText } from './agent-log.ts';
import type { Log } from './agent-log.ts';
import { CloudWatchLogsError, LinesOutOfTimeError } from './cloudwatch-logs.ts';
import type { CloudWatchLogs } from './cloudwatch-logs.ts';
import { LogShipment } from './log-shipment.ts';
import type { ShipmentEnd } from './log-shipment.ts';

const WINDOW_MS = 1_000;
const DEADLINE_MS = 5_000;

export interface HookLogsSettings {
  /** `hook_log_group`: a log group, or what `hookLogGroupFrom` makes one of. */
  readonly group: string;
  readonly instanceId: string;
  readonly timing: Timing;
  readonly log: Log;
}

/** What a log group and a stream are named for. */
export interface LoggedDeployment extends DeploymentGroupName {
  readonly deploymentId: string;
}

/** Takes the lines of one lifecycle event. */
export interface EventLog {
  add(line: string): void;
  /** No more lines come. What is left is still sent, without anybody waiting for it. */
  close(): void;
}

/**
 * Sends what hook scripts print to CloudWatch Logs, one stream per event of a deployment on a host:
 * `d-ABCDEF123/i-0abc/ApplicationStart`. The files on the host have everything; this is a copy for those who cannot
 * look there.
 */
export class HookLogs {
  readonly #logs: Pick<CloudWatchLogs, 'createStream' | 'putEvents'>;
  readonly #settings: HookLogsSettings;
  readonly #closing = new Set<Promise<void>>();
  /** Why lines were lost last, so that a lasting reason is told once and not with each event. */
  #toldReason = '';

  constructor(logs: Pick<CloudWatchLogs, 'createStream' | 'putEvents'>, settings: HookLogsSettings) {
    this.#logs = logs;
    this.#settings = settings;
  }

  /** The stream is made with its first line: an event without scripts leaves none. */
  open(deployment: LoggedDeployment, event: string): EventLog {
    const { instanceId, timing } = this.#settings;
    const group = hookLogGroupFrom(this.#settings.group, deployment);
    const stream = `${deployment.deploymentId}/${instanceId}/${event}`;
    const shipment = new LogShipment(this.#logs, {
      ...{ group, stream, timing },
      ...{ windowMs: WINDOW_MS, deadlineMs: DEADLINE_MS },
    });
    return {
      add: (line) => {
        shipment.add(line);
      },
      close: () => {
        const closing = shipment.close().then((end) => {
          this.#closing.delete(closing);
          this.#tell(group, stream, end);
        });
        this.#closing.add(closing);
      },
    };
  }

  /** Resolves when nothing more is on its way; within the deadline of a shipment. */
  async drain(): Promise<void> {
    await Promise.all(this.#closing);
  }

  #tell(group: string, stream: string, { lost, error }: ShipmentEnd): void {
    if (lost === 0) {
      this.#toldReason = '';
      return;
    }
    const reason = reasonOf(group, error);
    if (reason === this.#toldReason) return;
    this.#toldReason = reason;
    this.#settings.log.warn('lines of hook scripts did not reach CloudWatch Logs', { stream, lost, reason });
  }
}

function reasonOf(group: string, error: unknown): string {
  if (error === undefined) return `It did not take them within ${DEADLINE_MS / 1000} s of the event's end`;
  if (error instanceof LinesOutOfTimeError) {
    return "This host's clock is wrong, and CloudWatch Logs refuses lines of 14 days ago or two hours ahead: let a time service such as chronyd set it";
  }
  if (!(error instanceof CloudWatchLogsError)) return errorText(error);
  switch (error.code) {
    case 'ResourceNotFoundException':
      return `There is no log group ${group}: make it, or remove hook_log_group from the agent's configuration`;
    case 'AccessDeniedException':
      return `The instance's role may not write to ${group}: allow it logs:CreateLogStream and logs:PutLogEvents there`;
    default:
      return errorText(error);
  }
}
