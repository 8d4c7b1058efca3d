import { describe, expect, it } from 'vitest';
import { embeddedMetrics } from '../../../rehearsal/monitoring/embedded-metrics.ts';

const LINE = {
  _aws: {
    Timestamp: 1000,
    CloudWatchMetrics: [
      {
        Namespace: 'Slipway',
        Dimensions: [['service']],
        Metrics: [{ Name: 'Started', Unit: 'Count' }, { Name: 'Wait' }],
      },
    ],
  },
  service: 'orchestrator',
  Started: 1,
  Wait: [5, 7],
};

describe('a log line', () => {
  it('of the embedded metric format holds metrics', () => {
    const metrics = embeddedMetrics(JSON.stringify(LINE));

    const id = { namespace: 'Slipway', dimensions: { service: 'orchestrator' } };
    expect(metrics).toEqual([
      { id: { ...id, name: 'Started' }, values: [1], at: 1000, unit: 'Count' },
      { id: { ...id, name: 'Wait' }, values: [5, 7], at: 1000 },
    ]);
  });

  it.each(['plain text', '{"level":"INFO"}', '{"_aws": 5}', '{"_aws": broken'])('such as %s holds none', (message) => {
    expect(embeddedMetrics(message)).toEqual([]);
  });
});
