/**
 * Finds the concrete specs that a user wants binaries of. These are the specs of spec files. Of an environment they are
 * its roots, or the specs in it that match. Without one they are the specs that match in the mirrors. All specs below
 * them come along, from a source that can be trusted.
 */
import { resolve } from 'node:path';
import type { VerifiedEntry } from '../cache/reading/verified-entry.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { readBounded } from '../core/read-file.ts';
import { ambiguousSpec } from '../plan/ambiguous-spec.ts';
import type { Reporter } from '../report/reporter.ts';
import { addNodes } from '../spec/add-nodes.ts';
import { askedOfProvider, type Constraint } from '../spec/constraint/constraint.ts';
import { formatConstraint } from '../spec/constraint/format.ts';
import { compileConstraint } from '../spec/constraint/match.ts';
import { parseSpecArguments, parseSpecLines } from '../spec/constraint/parse.ts';
import { shortSpec } from '../spec/format.ts';
import { postOrder, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { MAX_SPEC_FILE, readSpecFile } from '../spec/spec-file.ts';
import { type FindCachedOptions, findCached } from './find-cached.ts';
import { preferring, readEntry, type Source } from './sources.ts';

export interface WantedOptions extends Omit<FindCachedOptions, 'constraints'> {
  readonly sources: readonly Source[];
  /** Constraints, hashes and paths of spec files. If there are none: the roots of the environment. */
  readonly specs: readonly string[];
  /** Each text is a whole spec, such as a line of an input. Otherwise one spec may go on in the next argument. */
  readonly oneEach?: boolean;
  readonly environment: SpecGraph | undefined;
  /** The folder that relative paths of spec files start from. */
  readonly cwd: string;
}

export interface Wanted {
  /** Hashes in the order in which the specs were named. */
  readonly roots: readonly string[];
  /** Names of the mirrors that were seen to have them, by hash. */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  readonly notes: readonly string[];
}

/**
 * @param nodes receives the specs, and all below them
 * @throws BuildcacheError as `findCached`, `addNodes` and as reading a spec file; `usage` without specs and environment
 */
export async function wantedSpecs(
  options: WantedOptions,
  nodes: Map<string, SpecNode>,
  reporter: Reporter,
): Promise<Wanted> {
  const { specs, environment } = options;
  for (const [hash, node] of environment?.nodes ?? []) nodes.set(hash, node);
  if (specs.length === 0) return { roots: rootsOf(environment), holders: new Map(), notes: [] };
  const roots = new Set<string>();
  for (const file of specs.filter(isSpecFile)) {
    const document = readSpecFile(await readWhole(resolve(options.cwd, file)), file);
    addNodes(nodes, document.nodes, file);
    roots.add(document.root.hash);
  }
  const elsewhere: Constraint[] = [];
  const parse = options.oneEach === true ? parseSpecLines : parseSpecArguments;
  for (const constraint of parse(specs.filter((text) => !isSpecFile(text)))) {
    const found = environment === undefined ? [] : inEnvironment(environment, constraint, options.multiple);
    for (const { hash } of found) roots.add(hash);
    if (found.length === 0) elsewhere.push(constraint);
  }
  if (elsewhere.length === 0) return { roots: [...roots], holders: new Map(), notes: [] };
  const given = new Set(nodes.keys());
  const found = await findCached({ ...options, constraints: elsewhere }, reporter);
  for (const [hash, node] of found.dependencies) if (!nodes.has(hash)) nodes.set(hash, node);
  const own: SpecNode[] = [];
  for (const { node, mirrors, asked } of found.specs) {
    const entry = await readEntry(preferring(options.sources, mirrors), node, options.signal);
    for (const constraint of asked) requireMatch(entry, node, constraint);
    // The entry is signed and the index is not, so the entry's nodes replace the index's. The user's own files stay.
    for (const [hash, each] of entry.document.nodes) if (!given.has(hash)) nodes.set(hash, each);
    own.push(entry.document.root);
    roots.add(node.hash);
  }
  // Whatever the other entries say of them.
  for (const root of own) if (!given.has(root.hash)) nodes.set(root.hash, root);
  return {
    roots: [...roots],
    holders: new Map(found.specs.map(({ node, mirrors }) => [node.hash, mirrors])),
    notes: found.notes,
  };
}

/**
 * An index can claim anything about a spec, so the verified entry itself must match what was asked for. Only other specs
 * say which spec provides a virtual package; where signatures count, that does not suffice.
 */
function requireMatch(found: VerifiedEntry, listed: SpecNode, constraint: Constraint): void {
  const { entry, document, signedBy } = found;
  const { root } = document;
  const isProvider = constraint.name !== undefined && constraint.name !== listed.name;
  const asked = isProvider ? askedOfProvider(constraint) : constraint;
  const isTold = !isProvider || (signedBy === undefined && root.name === listed.name);
  const isMeant = isTold && compileConstraint(document, asked)(root);
  if (isMeant) return;
  throw new BuildcacheError(
    signedBy === undefined ? 'corrupt' : 'untrusted',
    'this entry is not what was asked for, though an index lists it so',
    {
      url: entry.url,
      expected: formatConstraint(constraint),
      found: shortSpec(root),
      hint: `if that is what you want, name it by its hash: /${root.hash}; else find out who has written the index`,
    },
  );
}

/** Whether a text is the path of a spec file: no package name has a dot in it, and no version ends like a file's name. */
function isSpecFile(text: string): boolean {
  return /^[^@%^+~=\s]+\.(?:json|yaml)(?:\.sig)?$/.test(text);
}

async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readBounded(file, MAX_SPEC_FILE);
  } catch (error) {
    throw fileError(error, file, 'read the spec file');
  }
}

function rootsOf(environment: SpecGraph | undefined): string[] {
  const roots = [...new Set(environment?.roots.map(({ hash }) => hash))];
  if (roots.length > 0) return roots;
  throw new BuildcacheError('usage', 'no spec was named and there is no environment with specs', {
    hint: 'name specs, or an environment with --environment',
  });
}

const OR_ALL = ', or take them all with --multiple';

/** The specs that match. If several match and one of them is a root, only the root. */
function inEnvironment(
  environment: SpecGraph,
  constraint: Constraint,
  multiple: boolean,
): readonly SpecNode[] {
  const test = compileConstraint(environment, constraint);
  const isRoot = new Set(environment.roots.map(({ hash }) => hash));
  const matching = [...environment.nodes.values()].filter(
    (node) => node.external === undefined && test(node),
  );
  // A lockfile also has the build specs of spliced specs, and what is below them. These match only if nothing else does.
  const own = new Set(postOrder(environment, isRoot));
  const all = matching.some((node) => own.has(node)) ? matching.filter((node) => own.has(node)) : matching;
  const roots = all.filter(({ hash }) => isRoot.has(hash));
  const meant = roots.length === 0 || multiple ? all : roots;
  const [first] = meant;
  if (first === undefined || multiple || meant.length === 1) return meant;
  const lookup = (hash: string) => environment.nodes.get(hash);
  throw ambiguousSpec(formatConstraint(constraint), ' of the environment', meant, lookup, OR_ALL);
}
