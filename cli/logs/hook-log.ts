import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Connection } from '../connection/connect.ts';

/** A line that a hook script printed. */
export interface HookLine {
  readonly at: Date;
  readonly instanceId: string;
  readonly lifecycleEvent: string;
  readonly message: string;
}

/** Which of a deployment's lines are wanted. */
export interface HookLineFilter {
  readonly instanceId?: string;
  readonly lifecycleEvent?: string;
}

/** Lines may reach CloudWatch Logs later than their time says: so much is read again, and what was seen left out. */
const OVERLAP_MS = 60_000;

/** The copy in CloudWatch Logs of what a deployment's hook scripts print: a stream for each event on each instance. */
export class HookLog {
  readonly #client: CloudWatchLogsClient;
  readonly #query: { readonly logGroupName: string; readonly logStreamNamePrefix: string };
  readonly #lifecycleEvent: string | undefined;
  readonly #seen = new Set<string>();
  #newestMs = 0;

  constructor(
    logGroupName: string,
    deploymentId: string,
    { instanceId, lifecycleEvent }: HookLineFilter,
    { clients }: Connection,
  ) {
    this.#client = new CloudWatchLogsClient(clients);
    this.#lifecycleEvent = lifecycleEvent;
    const prefix = instanceId === undefined ? '' : `${instanceId}/${lifecycleEvent ?? ''}`;
    this.#query = { logGroupName, logStreamNamePrefix: `${deploymentId}/${prefix}` };
  }

  /** The lines that came since the last call, oldest first. @throws ResourceNotFoundException without such a log group */
  async news(): Promise<HookLine[]> {
    const lines: HookLine[] = [];
    const startTime = Math.max(0, this.#newestMs - OVERLAP_MS);
    for await (const { events = [] } of paginateFilterLogEvents(
      { client: this.#client },
      { ...this.#query, startTime },
    )) {
      for (const { eventId = '', timestamp = 0, logStreamName = '', message = '' } of events) {
        if (this.#seen.has(eventId)) continue;
        this.#seen.add(eventId);
        this.#newestMs = Math.max(this.#newestMs, timestamp);
        const [, instanceId = '', lifecycleEvent = ''] = logStreamName.split('/');
        if (this.#lifecycleEvent !== undefined && this.#lifecycleEvent !== lifecycleEvent) continue;
        lines.push({ at: new Date(timestamp), instanceId, lifecycleEvent, message });
      }
    }
    return lines.sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  close(): void {
    this.#client.destroy();
  }
}
