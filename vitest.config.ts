import { globSync, readFileSync } from 'node:fs';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const SETUP = 'test/harness/global-setup.ts';
const IN_MEMORY = 'test/harness/temp-in-memory.ts';

/**
 * Three projects: `unit` needs nothing but what the README names, and its `PATH` holds nothing else;
 * `integration` wants real servers (Debian packages, see .ci/run) and fails when one is missing; `stress`
 * takes time, and gives properties all their runs.
 */
export default defineConfig({
  test: {
    // Many tests wait for time-outs and processes of their own, so more run at once than there are cores.
    maxWorkers: 4,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    setupFiles: process.env['PROPERTY_SEED'] === undefined ? [] : ['test/harness/property-seed.ts'],
    projects: [
      project('unit', {
        include: ['test/**/*.test.ts'],
        exclude: ['test/**/*.integration.test.ts', 'test/**/*.stress.test.ts'],
        globalSetup: [SETUP, IN_MEMORY, 'test/harness/readme-path.ts'],
        provide: { allRuns: false },
        // Each verb is a process where the tests run a program: see test/entry/program-under-test.ts.
        testTimeout: process.env['BUILDCACHE_PROGRAM'] === undefined ? 20_000 : 120_000,
        hookTimeout: process.env['BUILDCACHE_PROGRAM'] === undefined ? 20_000 : 120_000,
        // Files share a worker and its modules: loading them anew for each takes as long as a fifth of the tests.
        // So a test leaves the process as it found it, and a module that keeps state is found out.
        isolate: false,
      }),
      project('integration', {
        include: ['test/**/*.integration.test.ts'],
        testTimeout: 300_000,
        hookTimeout: 300_000,
      }),
      project('stress', {
        include: ['test/**/*.stress.test.ts', ...withRuns()],
        globalSetup: [SETUP, IN_MEMORY],
        provide: { allRuns: true },
        testTimeout: 600_000,
        hookTimeout: 600_000,
      }),
    ],
  },
});

/** Files with properties that have fewer runs among the unit tests. */
function withRuns(): string[] {
  return globSync('test/**/*.test.ts').filter((file) =>
    readFileSync(file, 'utf8').includes("/harness/runs.ts'"),
  );
}

function project(name: string, own: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  const exclude = ['node_modules/**', ...(own?.exclude ?? [])];
  return { extends: true, test: { name, globalSetup: [SETUP], ...own, exclude } };
}
