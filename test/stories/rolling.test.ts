import { describe, expect, it } from 'vitest';
import { type LoadedRequest, renderLatencies, summarize } from '../../stories/latency.ts';
import { outOfServiceMs } from '../../stories/out-of-service.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);

describe('the latency of a load', () => {
  it('counts a request in the stretch in which it was sent, and takes percentiles by nearest rank', () => {
    const requests: LoadedRequest[] = Array.from({ length: 100 }, (_, index) => ({
      sentAt: 1000 + index,
      latencyMs: 100 - index,
      ...(index === 7 && { failure: 'status 502' }),
    }));

    const summary = summarize([...requests, { sentAt: 1100, latencyMs: 5000 }], 1000, 1100);

    expect(summary).toEqual({ requests: 100, failures: 1, p50Ms: 50, p99Ms: 99 });
  });

  it('is nothing where nothing was asked', () => {
    expect(summarize([], 0, 1)).toEqual({ requests: 0, failures: 0, p50Ms: 0, p99Ms: 0 });
  });

  it('has a row for each stretch', () => {
    const table = renderLatencies({ before: { requests: 250, failures: 0, p50Ms: 2.28, p99Ms: 10.9 } });

    expect(table.split('\n').map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['requests', 'failed', 'p50', 'p99'],
      ['before', '250', '0', '2.3 ms', '10.9 ms'],
    ]);
  });
});

describe('the time of a host out of service', () => {
  it('lasts from the start of BlockTraffic to the end of AllowTraffic', () => {
    const events = [
      { lifecycleEventName: 'BeforeBlockTraffic', startTime: at(1), endTime: at(2) },
      { lifecycleEventName: 'BlockTraffic', startTime: at(10), endTime: at(40) },
      { lifecycleEventName: 'AllowTraffic', startTime: at(60), endTime: at(90) },
    ];

    expect(outOfServiceMs(events)).toBe(80_000);
  });

  it('is unknown while the host is out', () => {
    expect(outOfServiceMs([{ lifecycleEventName: 'BlockTraffic', startTime: at(10) }])).toBeUndefined();
  });
});
