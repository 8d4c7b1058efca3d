import type { InProcess } from '../engine/clients.ts';

/** CloudWatch as far as deployments ask it: the alarms of a life, and which of them ring. */
export class CloudWatch {
  readonly ringing = new Set<string>();

  readonly operations: InProcess = {
    DescribeAlarms: ({ AlarmNames }) =>
      Promise.resolve({
        MetricAlarms: (AlarmNames as readonly string[]).map((AlarmName) => ({
          AlarmName,
          StateValue: this.ringing.has(AlarmName) ? 'ALARM' : 'OK',
        })),
      }),
  };
}
