/** Verbs about one mirror, which is their first argument. */
import { BuildcacheError } from '../../core/errors.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { placeName } from '../../mirrors/select.ts';
import { readSurroundings, type SharedOptions, type Surroundings } from './shared-options.ts';
import type { VerbContext } from './verb.ts';

/** @throws BuildcacheError `usage` for a mirror that is not known, and for `--mirror-url` */
export async function readOneMirror(
  verb: string,
  argument: string,
  options: SharedOptions,
  context: VerbContext,
): Promise<{ mirror: Mirror; around: Surroundings }> {
  if (options.mirrorUrl.length > 0) {
    throw new BuildcacheError('usage', `${verb} takes its mirror as an argument, not with --mirror-url`);
  }
  const around = await readSurroundings({ ...options, mirrorUrl: [argument] }, context);
  const [mirror] = around.mirrors;
  if (mirror === undefined) throw new BuildcacheError('internal', 'a mirror got lost');
  // A mirror that is named by its URL needs a name only in Spack's files, so its place is used as its name.
  return { mirror: { ...mirror, name: placeName(argument) }, around };
}
