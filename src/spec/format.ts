/** How Spack prints a concrete spec. */
import { type SpecNode, shortHash, type VariantValue } from './node.ts';

/**
 * Spack's `short_spec`, exactly: `{name}@{version}`, booleans sorted and unspaced, other variants sorted, the
 * architecture and the first seven characters of the hash; no flags, compiler or namespace.
 */
export function shortSpec(node: SpecNode): string {
  return shortSpecWith(node, formatVariants(node.variants));
}

/** @param variants as {@link formatVariants} prints them */
export function shortSpecWith(
  node: Pick<SpecNode, 'name' | 'version' | 'hash' | 'platform' | 'os' | 'target'>,
  variants: string,
): string {
  const { name, version, platform, os, target } = node;
  const arch = ` platform=${platform} os=${os} target=${target}`;
  return `${name}@${version}${variants}${arch}/${shortHash(node)}`;
}

/** Spack's `format()`, exactly: the whole node with its flags, as it describes an image. */
export function fullSpec(node: SpecNode): string {
  const { name, version, platform, os, target } = node;
  const flags = [...node.flags]
    .filter(([, values]) => values.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const written = flags.map(([flag, values]) => ` ${flag}=${quoteIfNeeded(values.join(' '))}`).join('');
  // Spack writes this space whatever follows.
  const before = `${name}@=${version}${written}${written === '' ? '' : ' '}${formatVariants(node.variants)}`;
  return `${before} platform=${platform} os=${os} target=${target}`;
}

/** The variants as Spack prints them: `+a~b`, then ` k=v` and ` k:=a,b`, each group sorted by name. */
export function formatVariants(variants: ReadonlyMap<string, VariantValue>): string {
  let booleans = '';
  let others = '';
  for (const [name, value] of [...variants].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (typeof value === 'boolean') booleans += (value ? '+' : '~') + name;
    else others += ` ${name}${formatValue(name, value)}`;
  }
  return booleans + others;
}

/** Bare where the spec grammar needs no quotes, else quoted as Spack quotes. */
export function quoteIfNeeded(value: string): string {
  if (/^[A-Za-z0-9,/_.\-[\]]+$/.test(value)) return value;
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}

/** What stands between two names in a path: other characters become `_` (Spack's `polite_filename`). */
export function politeFilename(text: string): string {
  return text.replace(/[^A-Za-z0-9_+.-]/g, '_');
}

function formatValue(name: string, value: string | readonly string[]): string {
  if (typeof value === 'string') return `=${quoteIfNeeded(value)}`;
  const values = name === 'patches' ? value.map((patch) => patch.slice(0, 7)) : value;
  return `:=${quoteIfNeeded(values.length === 0 ? '*' : values.join(','))}`;
}
