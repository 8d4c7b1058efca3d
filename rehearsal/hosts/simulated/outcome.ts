/** What becomes of a lifecycle event: an agent that falls silent has died, and never polls again. */
export type Outcome = 'succeed' | 'fail' | 'silent';

/** Decides for each event of each host; asked more than once for the same event, so it should not change its mind. */
export type OutcomeRule = (instanceId: string, event: string) => Outcome;

/** Events that no agent skips: without a script they still have work to do. */
const NEVER_NOOP = new Set(['DownloadBundle', 'Install']);

/** Events right behind the completed one that are reported along with it, as an agent does with those that have no script. */
export function noopEvents(remaining: readonly string[], outcome: (event: string) => Outcome): string[] {
  const end = remaining.findIndex((event) => NEVER_NOOP.has(event) || outcome(event) !== 'succeed');
  return end < 0 ? [...remaining] : remaining.slice(0, end);
}
