/** What is said when a spec that is to mean one means several. */
import { BuildcacheError } from '../core/errors.ts';
import { distinguish } from '../spec/distinguish.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';

/** Named in a message. */
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
  // Of a hundred thousand, too, those that are shown are told from one another.
  const lines = distinguish(specs.slice(0, SHOWN), lookup);
  const more = specs.length > SHOWN ? [`and ${specs.length - SHOWN} more`] : [];
  const [first] = specs;
  const hash = first === undefined ? '' : `: /${shortHash(first)}`;
  return new BuildcacheError('usage', `${JSON.stringify(text)} matches ${specs.length} specs${where}`, {
    choices: [...lines, ...more],
    hint: `name one by its hash${hash}${orElse}`,
  });
}
