import { optionalNumber } from './operation.ts';
import type { LogEvent } from './log-store.ts';

/** Input members of a time range, in milliseconds since the epoch. */
export const timeRange = { startTime: optionalNumber, endTime: optionalNumber };

/** The events of a range that includes its start and not its end. */
export function eventsWithin(
  events: readonly LogEvent[],
  { startTime = 0, endTime = Infinity }: { startTime?: number | undefined; endTime?: number | undefined },
): LogEvent[] {
  return events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
}
