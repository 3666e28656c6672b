import { expect, it } from 'vitest';
import { runnersTree } from '../../../src/entry/action/install-step.ts';

// A runner mounts its tool cache into containers as /__t, and a tree's prefixes begin with its path.
it.each([
  [{ RUNNER_TOOL_CACHE: '/opt/runner/_work/_tool', RUNNER_TEMP: '/t' }, '/opt/runner/_work/_tool/spack'],
  [{ RUNNER_TOOL_CACHE: '/__t', RUNNER_TEMP: '/__w/_temp' }, '/__t/spack-in-container'],
  [{ RUNNER_TOOL_CACHE: '', RUNNER_TEMP: '/__w/_temp' }, '/__w/_temp/spack'],
  [{}, undefined],
])('with %o packages are installed into %s', (env, root) => {
  expect(runnersTree(env)).toBe(root);
});
