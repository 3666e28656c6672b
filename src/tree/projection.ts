/** Where in an install tree a spec goes, as `config:install_tree:projections` says. */
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { satisfies } from '../spec/constraint/match.ts';
import { parseSpec } from '../spec/constraint/parse.ts';
import { politeFilename } from '../spec/format.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import type { InstallSettings, Projection } from './install-settings.ts';
import { formatSpec } from './projection-format.ts';

/** Spack's default for all specs. */
export const DEFAULT_PROJECTION = '{architecture.platform}-{architecture.target}/{name}-{version}-{hash}';

/**
 * The absolute prefix of a spec. An external has its own path; it is undefined for an external that is known only by its
 * module. Another spec is below the root, at the path of the first projection that it matches. Names and versions are
 * attacker-controlled; none leads out of the root, or into a folder that is Spack's own.
 * @throws BuildcacheError `bad-input` for a projection that cannot be read, or that leads out of these places
 */
export function installPrefix(
  node: SpecNode,
  graph: Pick<SpecGraph, 'nodes'>,
  settings: Pick<InstallSettings, 'root' | 'projections'>,
): string | undefined {
  if (node.external !== undefined) return node.external.path;
  return path.join(settings.root, relativePrefix(node, graph, settings.projections));
}

function relativePrefix(
  node: SpecNode,
  graph: Pick<SpecGraph, 'nodes'>,
  projections: readonly Projection[],
): string {
  const chosen = projections.find(
    ({ when }) => when === undefined || satisfies(graph, node, constraint(when)),
  );
  const format = chosen?.path ?? DEFAULT_PROJECTION;
  // The format is split at slashes, so a token with a slash in it would become two parts that are not tokens.
  const isWhole = !format.startsWith('/') && !hasSlashInToken(format);
  const parts = isWhole ? format.split('/').map((part) => politeFilename(formatSpec(part, node, graph))) : [];
  const names = parts.filter((part) => part !== '' && part !== '.');
  if (names.length === 0 || names.includes('..') || RESERVED.has(names[0] ?? '')) {
    throw new BuildcacheError(
      'bad-input',
      `no place for ${node.name}/${shortHash(node)} by the projection ${JSON.stringify(format)}`,
      {
        expected: 'a path below the root of the install tree',
        found: isWhole ? parts.join('/') : format,
        hint: 'change config:install_tree:projections',
      },
    );
  }
  return names.join('/');
}

function hasSlashInToken(format: string): boolean {
  const closed = format.split('}').slice(0, -1);
  return closed.some((part) => part.includes('{') && /[/\\]/.test(part.slice(part.indexOf('{'))));
}

/** Folders in a store that are Spack's own: for its database, and for `sbang`. */
const RESERVED: ReadonlySet<string> = new Set(['.spack-db', '.spack', 'bin']);

const constraints = new Map<string, ReturnType<typeof parseSpec>>();

/** Kept once parsed, so that matching many specs compiles a constraint once. */
function constraint(text: string): ReturnType<typeof parseSpec> {
  let parsed = constraints.get(text);
  if (parsed === undefined) {
    parsed = parseSpec(text);
    constraints.set(text, parsed);
  }
  return parsed;
}
