import { defineConfig } from 'vitest/config';

/**
 * Three projects: `unit` needs nothing but npm and stays under a minute; `integration` wants real servers
 * (Debian packages, see .ci/run) and fails when one is missing; `stress` takes time.
 */
export default defineConfig({
  test: {
    // Many tests wait for time-outs and processes of their own, so more run at once than there are cores.
    maxWorkers: 4,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    globalSetup: ['test/harness/global-setup.ts'],
    projects: [
      project(
        'unit',
        ['test/**/*.test.ts'],
        ['test/**/*.integration.test.ts', 'test/**/*.stress.test.ts'],
        20_000,
        // Files share a worker and its modules: loading them anew for each takes as long as a fifth of the tests.
        // So a test leaves the process as it found it, and a module that keeps state is found out.
        false,
      ),
      project('integration', ['test/**/*.integration.test.ts'], [], 120_000),
      project('stress', ['test/**/*.stress.test.ts'], [], 600_000),
    ],
  },
});

function project(name: string, include: string[], exclude: string[], testTimeout: number, isolate = true) {
  return {
    extends: true as const,
    test: { name, include, exclude: ['node_modules/**', ...exclude], testTimeout, isolate },
  };
}
