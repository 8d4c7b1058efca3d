import { type CloudWatchClient, CloudWatchServiceException, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';

/** What alarms say. `unreadable`: nobody can tell, and why. */
export type AlarmReading =
  | { readonly kind: 'read'; readonly ringing: readonly string[] }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly denied: boolean };

/** CloudWatch alarms, metric alarms and composite ones alike. */
export interface Alarms {
  /** Which of them ring. An alarm that there is not cannot be read. */
  read(names: readonly string[]): Promise<AlarmReading>;
}

export class CloudWatchAlarms implements Alarms {
  readonly #client: CloudWatchClient;

  constructor(client: CloudWatchClient) {
    this.#client = client;
  }

  async read(names: readonly string[]): Promise<AlarmReading> {
    try {
      const states = await this.#statesOf(names);
      const missing = names.filter((name) => !states.has(name));
      if (missing.length > 0) {
        return { kind: 'unreadable', reason: `there is no alarm ${missing.join(', ')}`, denied: false };
      }
      return { kind: 'read', ringing: names.filter((name) => states.get(name) === 'ALARM') };
    } catch (error) {
      if (!(error instanceof CloudWatchServiceException)) throw error;
      return { kind: 'unreadable', reason: error.message, denied: /AccessDenied/.test(error.name) };
    }
  }

  async #statesOf(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const states = new Map<string, string>();
    const pages = paginateDescribeAlarms(
      { client: this.#client },
      { AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    );
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages)
      for (const { AlarmName = '', StateValue = '' } of [...MetricAlarms, ...CompositeAlarms])
        states.set(AlarmName, StateValue);
    return states;
  }
}
