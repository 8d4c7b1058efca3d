import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type FailedLaunch,
  failingRevision,
  type LaunchGuard,
  NO_FAILURES,
  noteFailure,
  noteSuccess,
} from '../../../core/launch-guard/launch-guard.ts';
import { revisionToLaunch } from '../../../core/launch-guard/revision-to-launch.ts';
import { REVISION_ONE, REVISION_TWO } from '../../lambdas/doubles/builders.ts';

const failure = (number: number): FailedLaunch => ({
  deploymentId: `d-FAILED00${number}`,
  instanceId: `i-${number}`,
  at: '2026-05-04T12:00:00.000Z',
  reason: 'ApplicationStart failed',
});
const after = (guard: LaunchGuard, changed: LaunchGuard | 'unchanged'): LaunchGuard =>
  changed === 'unchanged' ? guard : changed;
const failures = (count: number, guard = NO_FAILURES, revision = REVISION_TWO): LaunchGuard =>
  Array.from({ length: count }, (_, number) => number).reduce(
    (before, number) => after(before, noteFailure(before, revision, failure(number), 3)),
    guard,
  );
const DECLARED = { revision: REVISION_TWO, lastSuccessfulRevision: REVISION_ONE };

describe('a revision whose launches fail', () => {
  it('is launched again after two failures, and no more after three', () => {
    expect(revisionToLaunch({ ...DECLARED, launchGuard: failures(2) })).toEqual({
      kind: 'launch',
      revision: REVISION_TWO,
    });
    expect(revisionToLaunch({ ...DECLARED, launchGuard: failures(3) })).toMatchObject({
      kind: 'launch',
      revision: REVISION_ONE,
      because: expect.stringMatching(
        /^3 launches in a row of .* failed, d-FAILED002 the last; the last revision that/,
      ) as string,
    });
  });

  it('holds launches where no other has succeeded', () => {
    const launchGuard = failures(3);

    expect(revisionToLaunch({ revision: REVISION_TWO, launchGuard })).toMatchObject({ kind: 'held' });
    expect(revisionToLaunch({ lastSuccessfulRevision: REVISION_TWO, launchGuard })).toMatchObject({ kind: 'held' });
  });

  it('holds launches where the other fails as well', () => {
    const launchGuard = failures(3, failures(3), REVISION_ONE);

    expect(revisionToLaunch({ ...DECLARED, launchGuard })).toMatchObject({ kind: 'held' });
  });

  it('begins anew with a success in between', () => {
    const guard = after(failures(2), noteSuccess(failures(2), REVISION_TWO));

    expect(guard.failing).toEqual([]);
  });

  it('is counted once for each deployment, however often that is told', () => {
    const once = failures(1);

    expect(noteFailure(once, REVISION_TWO, failure(0), 3)).toBe('unchanged');
  });

  it('does not touch what is known of another', () => {
    const guard = after(failures(3), noteSuccess(failures(3), REVISION_ONE));

    expect(failingRevision(guard, REVISION_TWO)?.withdrawnAt).toBeDefined();
  });

  it('is withdrawn exactly where so many launches in a row have failed', () => {
    const launches = fc.array(fc.boolean(), { maxLength: 30 });
    fc.assert(
      fc.property(launches, fc.integer({ min: 1, max: 5 }), (successes, limit) => {
        let guard = NO_FAILURES;
        let [row, isWithdrawn] = [0, false];
        for (const [number, hasSucceeded] of successes.entries()) {
          guard = after(
            guard,
            hasSucceeded ? noteSuccess(guard, REVISION_TWO) : noteFailure(guard, REVISION_TWO, failure(number), limit),
          );
          row = hasSucceeded ? 0 : row + 1;
          isWithdrawn = hasSucceeded ? false : isWithdrawn || row >= limit;
          expect(failingRevision(guard, REVISION_TWO)?.withdrawnAt !== undefined).toBe(isWithdrawn);
        }
      }),
    );
  });
});
