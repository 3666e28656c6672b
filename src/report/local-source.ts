/** The warning about specs of local source where they are pushed, or taken from a mirror, all the same. */
import { LOCAL_SOURCE } from '../spec/local-source.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { nameSome } from './shared-reasons.ts';

const SO = {
  pushed: 'a mirror keeps the build that it has, whatever becomes of the source',
  taken: 'what a mirror has may be of older source',
} as const;

/** @param specs those of local source @returns undefined where there are none */
export function localSourceWarning(specs: readonly SpecNode[], are: keyof typeof SO): string | undefined {
  if (specs.length === 0) return undefined;
  const names = nameSome(specs.map((spec) => `${spec.name}@${spec.version}/${shortHash(spec)}`));
  return `${names}: ${LOCAL_SOURCE}: ${SO[are]}`;
}
