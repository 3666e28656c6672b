/** The error for a spec that is to mean one spec and means several. */
import { BuildcacheError } from '../core/errors.ts';
import { distinguish } from '../spec/distinguish.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';

/** How many specs a message names. */
const SHOWN = 20;

/**
 * @param text the spec as it was asked for
 * @param where it was looked for, after "specs"; empty for anywhere
 * @param lookup the dependencies that are known
 * @param orElse what to do instead of naming a hash
 */
export function ambiguousSpec(
  text: string,
  where: '' | ' in the mirrors' | ' of the environment',
  specs: readonly SpecNode[],
  lookup: (hash: string) => SpecNode | undefined,
  orElse = '',
): BuildcacheError {
  // Only the specs that are shown are told apart: there may be a hundred thousand.
  const lines = distinguish(specs.slice(0, SHOWN), lookup);
  const more = specs.length > SHOWN ? [`and ${specs.length - SHOWN} more`] : [];
  const [first] = specs;
  const hash = first === undefined ? '' : `: /${shortHash(first)}`;
  return new BuildcacheError('usage', `${JSON.stringify(text)} matches ${specs.length} specs${where}`, {
    choices: [...lines, ...more],
    hint: `name one by its hash${hash}${orElse}`,
  });
}
