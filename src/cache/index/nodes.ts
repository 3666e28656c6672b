/** Whole specs out of an index, as they can go into another one. */
import { BuildcacheError } from '../../core/errors.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { specFormatOf } from '../../spec/database.ts';
import { decodeNode } from '../../spec/decode-node.ts';
import { recordOrder } from '../../spec/graph.ts';
import { verifyHash } from '../../spec/hash.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { CompactIndex } from './compact-index.ts';

/**
 * Those of the specs that the index knows, with all below them and the build specs of spliced ones. A record that is
 * malformed, or is not what its hash says, is left out.
 * @param url the index's, for messages
 */
export async function indexNodes(
  index: CompactIndex,
  url: string,
  hashes: Iterable<string>,
): Promise<Map<string, SpecNode>> {
  const nodes = new Map<string, SpecNode>();
  const format = specFormatOf(index.databaseVersion);
  if (format === undefined || index.databaseVersion < 6) return nodes;
  const asked = new Set(hashes);
  for (let level = [...asked]; level.length > 0; ) {
    const below: string[] = [];
    for await (const { hash, json } of index.read(await index.places(level))) {
      try {
        const record = parseJson(json.toString('utf8'), url);
        const node = decodeNode(isObject(record) ? record['spec'] : undefined, format, url, hash);
        verifyHash(node, url);
        if (node.hash !== hash) continue;
        nodes.set(hash, node);
      } catch (error) {
        if (!(error instanceof BuildcacheError)) throw error;
        continue; // The spec is read from its own document then.
      }
      for (const next of needs(nodes.get(hash))) {
        if (asked.has(next)) continue;
        asked.add(next);
        below.push(next);
      }
    }
    level = below;
  }
  return nodes;
}

/** The hashes that are not known themselves, or have something below them that is not. */
export function withGaps(nodes: ReadonlyMap<string, SpecNode>, hashes: Iterable<string>): Set<string> {
  const wanted = [...hashes];
  const gaps = new Set<string>();
  for (const node of recordOrder({ nodes }, wanted)) {
    if (needs(node).some((hash) => !nodes.has(hash) || gaps.has(hash))) gaps.add(node.hash);
  }
  return new Set(wanted.filter((hash) => !nodes.has(hash) || gaps.has(hash)));
}

/** What a spec's record needs records of. */
function needs(node: SpecNode | undefined): string[] {
  if (node === undefined) return [];
  const { dependencies, buildSpec } = node;
  const below = dependencies.map(({ hash }) => hash);
  return buildSpec === undefined ? below : [...below, buildSpec.hash];
}
