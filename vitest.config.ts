import { defineConfig } from 'vitest/config';

/** What one file must not leave to the next: processes, hosts, whole rehearsals. */
const APART = 'test/{agent,end-to-end}/**/*.test.ts';

/** Doubles in the place of a client's own `send`, which files of other rooms must not meet. */
const DOUBLES = 'test/{adapters,api,lambdas}/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for processes and sockets: four at a time keep two cores busy, where the default would use one.
    maxWorkers: 4,
    // Real processes on a machine that others load too: a second try there is reported as such, at a desk there is none.
    retry: process.env.CI ? 1 : 0,
    setupFiles: ['test/remove-temporary-directories.ts'],
    projects: [
      { extends: true, test: { name: 'apart', include: [APART] } },
      // Elsewhere files share a process, which loads the SDK once and not for each of them: half the time.
      { extends: true, test: { name: 'doubles', include: [DOUBLES], isolate: false } },
      {
        extends: true,
        test: { name: 'modules', include: ['test/**/*.test.ts'], exclude: [APART, DOUBLES], isolate: false },
      },
    ],
  },
});
