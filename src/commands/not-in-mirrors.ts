/** The answer for a spec that no mirror has, the same wherever binaries are taken from mirrors. */
import { BuildcacheError } from '../core/errors.ts';
import { builtAs } from '../spec/entry-spec.ts';
import type { SpecNode } from '../spec/node.ts';

export function inNoMirror(spec: SpecNode): BuildcacheError {
  const built = builtAs(spec);
  const what =
    built === undefined ? 'no mirror has it' : `no mirror has its ${built}, which it is installed from`;
  return new BuildcacheError('not-found', what, {
    hint: 'build it with Spack, or name a mirror that has it',
  });
}
