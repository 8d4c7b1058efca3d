import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for processes and sockets: two at a time keep two cores busy, where the default would use one.
    maxWorkers: 2,
    // Real processes on a machine that others load too: a second try there is reported as such, at a desk there is none.
    retry: process.env.CI ? 1 : 0,
  },
});
