/**
 * Spack's own prefix. Not everybody says it: spack/setup-spack puts `spack` on the `PATH` and sets no `SPACK_ROOT`, and
 * who calls `bin/spack` without its shell support has none either.
 */

import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Env } from '../core/env.ts';

/** @returns `SPACK_ROOT`, else what the `spack` on the `PATH` belongs to, links followed; undefined where there is none */
export function spackRoot(env: Env): string | undefined {
  if (env['SPACK_ROOT']) return env['SPACK_ROOT'];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue; // whoever stands elsewhere would mean another
    const program = join(folder, 'spack');
    if (!existsSync(program)) continue;
    const root = dirname(dirname(realpathSync(program)));
    // A wrapper of another kind says nothing.
    if (existsSync(join(root, 'lib', 'spack', 'spack'))) return root;
  }
  return undefined;
}
