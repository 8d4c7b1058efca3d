import { defineConfig } from 'vitest/config';

/** Tests whose helpers belong to one file: processes, hosts and whole rehearsals. */
const ON_THEIR_OWN = 'test/{agent,end-to-end,machines}/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for processes and sockets: two at a time keep two cores busy, where the default would use one.
    maxWorkers: 2,
    // Real processes on a machine that others load too: a second try there is reported as such, at a desk there is none.
    retry: process.env.CI ? 1 : 0,
    setupFiles: ['test/remove-temporary-directories.ts'],
    projects: [
      { extends: true, test: { name: 'processes', include: [ON_THEIR_OWN] } },
      {
        extends: true,
        test: {
          name: 'modules',
          include: ['test/**/*.test.ts'],
          exclude: [ON_THEIR_OWN],
          // Files share a process, which then loads the SDK once instead of two hundred times: half the time in all.
          isolate: false,
        },
      },
    ],
  },
});
