/**
 * Spack's own prefix. `SPACK_ROOT` does not always say it: spack/setup-spack puts `spack` on the `PATH` and does not
 * set it, and a user who calls `bin/spack` without its shell support has not set it either.
 */

import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Env } from '../core/env.ts';

/** @returns `SPACK_ROOT`, else what the `spack` on the `PATH` belongs to, links followed; undefined where there is none */
export function spackRoot(env: Env): string | undefined {
  if (env['SPACK_ROOT']) return env['SPACK_ROOT'];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue; // relative: in another working directory it is another folder
    const program = join(folder, 'spack');
    if (!existsSync(program)) continue;
    const root = dirname(dirname(realpathSync(program)));
    // A wrapper of another kind does not lead to Spack.
    if (existsSync(join(root, 'lib', 'spack', 'spack'))) return root;
  }
  return undefined;
}
