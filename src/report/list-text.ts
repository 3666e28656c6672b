/** `list` for people, in the groups and the order of `spack find`. */
import { oneLine } from '../core/errors.ts';
import { type ListedSpec, sortSpecs } from '../plan/listed-spec.ts';
import { shortHash } from '../spec/node.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';

export interface ListTextOptions {
  readonly hash: 'none' | 'short' | 'full';
  readonly namespaces: boolean;
  readonly variants: boolean;
  /** Say for each spec which mirrors have it. */
  readonly mirrors: boolean;
}

/** Lines without line ends. Their texts have no line breaks and no control characters. */
export function* listText(
  specs: readonly ListedSpec[],
  options: ListTextOptions,
  style: Style = PLAIN_STYLE,
): Generator<string> {
  let group: string | undefined;
  for (const spec of sortSpecs(specs)) {
    const title = `${spec.platform}-${spec.os}-${spec.target} / ${spec.compilers || 'no compilers'}`;
    if (title !== group) {
      if (group !== undefined) yield '';
      group = title;
      yield oneLine(`-- ${title} ${'-'.repeat(Math.max(0, WIDTH - 3 - title.length))}`);
    }
    yield line(spec, options, style);
  }
}

/** Characters of the line above a group. */
const WIDTH = 64;

function line(spec: ListedSpec, options: ListTextOptions, style: Style): string {
  const { hash, namespaces, variants, mirrors } = options;
  const namespace = namespaces && spec.namespace !== undefined ? `${spec.namespace}.` : '';
  const start = hash === 'none' ? '' : `${style.dim(hash === 'short' ? shortHash(spec) : spec.hash)} `;
  const where = mirrors ? `  ${style.dim(oneLine(`[${spec.mirrors.join(', ')}]`))}` : '';
  const text = `${namespace}${spec.name}@${spec.version}${variants ? spec.variants : ''}`;
  return start + oneLine(text) + where;
}
