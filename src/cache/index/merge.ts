/**
 * Puts specs into an index. The present index streams past, and only the records that the new specs touch are parsed.
 * The cost is that of copying the index, whatever was pushed.
 */
import { createReadStream } from 'node:fs';
import { BuildcacheError } from '../../core/errors.ts';
import { isObject, parseJson, stringifyCompact } from '../../core/json.ts';
import { decodeNode } from '../../spec/decode-node.ts';
import type { SpecEmitter } from '../../spec/emit-spec.ts';
import { recordOrder, type SpecGraph } from '../../spec/graph.ts';
import { hashHolds, hashMustHold } from '../../spec/hash.ts';
import type { SpecNode } from '../../spec/node.ts';
import { INDEX_FORMAT, type IndexVersion, indexVersion, refuseNewerIndex } from '../index-version.ts';
import { copyIndex, type IndexFile, IndexWriter, indexRecord } from './file.ts';
import { scanIndex } from './scan.ts';

export interface Additions {
  readonly graph: Pick<SpecGraph, 'nodes'>;
  readonly emitter: SpecEmitter;
  /** Specs that are in the cache. */
  readonly hashes: ReadonlySet<string>;
  /** Those of them that were found there rather than published now: a prune beside us may have removed them since. */
  readonly found?: ReadonlySet<string> | undefined;
}

export interface MergedIndex extends IndexFile {
  /** Of the additions, those that the index did not list before. */
  readonly added: readonly string[];
}

/**
 * The result has the version of the index it starts from, if that is within the bounds. Else it has the least: an
 * index of version 8 becomes one of version 9 unchanged.
 * @param base a file with the index to start from; undefined for an empty one
 * @param source what to call it in messages
 * @param folder where the result is written
 * @returns undefined when the index says all of it already
 * @throws BuildcacheError `bad-input` when the index cannot be read; `unsupported` when only a newer program can
 */
export async function mergeIndex(
  base: string | undefined,
  source: string,
  { graph, emitter, hashes }: Additions,
  folder: string,
  { least, most }: { readonly least: IndexVersion; readonly most: IndexVersion },
): Promise<MergedIndex | undefined> {
  const closure = new Map(recordOrder(graph, hashes).map((node) => [node.hash, node]));
  const known = new Map<string, 'listed' | 'dependency'>();
  let version = least;
  if (base !== undefined) {
    const found = await scanIndex(createReadStream(base), source, ({ hash, json }) => {
      if (!closure.has(hash)) return;
      known.set(hash, recordOf(json, source)['in_buildcache'] === true ? 'listed' : 'dependency');
    });
    version = requireVersion(found.version, source, most);
    if (version < least) version = least;
  }
  const added = [...closure.values()].filter(({ hash }) => !known.has(hash));
  const isUpdate = [...hashes].some((hash) => known.get(hash) === 'dependency');
  if (added.length === 0 && !isUpdate) return undefined;

  const references = countReferences(added);
  const textOf = (node: SpecNode) => emitter.node(node, INDEX_FORMAT[version]);
  const writer = await IndexWriter.create(folder, version);
  try {
    if (base !== undefined) {
      await copyIndex(createReadStream(base), source, writer, ({ hash, json }) => {
        const more = references.get(hash) ?? 0;
        const isListed = hashes.has(hash) && known.get(hash) === 'dependency';
        const own = isListed ? closure.get(hash) : undefined;
        const text = own && !isProved(json, hash, version, source) ? textOf(own) : undefined;
        writer.add(hash, more > 0 || isListed ? changed(json, source, { more, isListed, text }) : json);
      });
    }
    for (const node of added) {
      writer.add(node.hash, indexRecord(textOf(node), references.get(node.hash) ?? 0, hashes.has(node.hash)));
      await writer.settle();
    }
    const file = await writer.finish();
    return { ...file, added: [...hashes].filter((hash) => known.get(hash) !== 'listed') };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** How many of these specs depend on each one directly, by an edge of any type: Spack's `ref_count`. */
export function countReferences(nodes: Iterable<SpecNode>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    for (const { hash } of node.dependencies) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
}

/** Refuses an index of a version whose records differ from those we add. */
function requireVersion(version: string | undefined, source: string, most: IndexVersion): IndexVersion {
  const known = indexVersion(version);
  if (known !== undefined && known <= most) return known;
  refuseNewerIndex(version, source);
  throw new BuildcacheError('bad-input', 'the index is of another version', {
    url: source,
    expected: `version ${most}`,
    found: version ?? 'none',
    hint: 'run `buildcache update-index MIRROR`',
  });
}

/** What a record says from now on. */
interface Change {
  /** References that it did not count. */
  readonly more: number;
  readonly isListed: boolean;
  /** The text of its spec, where the record's own does not count. */
  readonly text: string | undefined;
}

function changed(json: Buffer, source: string, { more, isListed, text }: Change): string {
  const record = recordOf(json, source);
  const before = record['ref_count'];
  const merged = {
    ...record,
    ...(text === undefined ? {} : { spec: parseJson(text, source) }),
    ref_count: (typeof before === 'number' ? before : 0) + more,
    in_buildcache: isListed || record['in_buildcache'] === true,
  };
  return stringifyCompact(merged, source);
}

function recordOf(json: Buffer, source: string): Readonly<Record<string, unknown>> {
  const record = parseJson(json.toString('utf8'), source);
  return isObject(record) ? record : {};
}

/**
 * Whether the spec in a record is what its hash says. The record of a dependency was made of what the entry of another spec
 * says of it, which proves nothing where the hash cannot be recomputed.
 */
function isProved(json: Buffer, hash: string, version: IndexVersion, source: string): boolean {
  try {
    const node = decodeNode(recordOf(json, source)['spec'], INDEX_FORMAT[version], source, hash);
    return node.hash === hash && hashMustHold(node) && hashHolds(node);
  } catch (error) {
    if (!(error instanceof BuildcacheError)) throw error;
    return false;
  }
}
