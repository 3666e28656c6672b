/**
 * Spec files whose nodes were in other spec files. A spec file holds all that is below its spec, so those of an
 * environment hold each node many times over. A node that was read before is known by its text, and is neither parsed nor
 * hashed again.
 */
import { parseJson } from '../core/json.ts';
import { MAX_VALUES } from '../core/json-size.ts';
import type { SpecNode } from './node.ts';

/** What makes a node of its parsed text. @param at where in the document, for messages */
export type ReadNode = (dict: unknown, at: string) => SpecNode;

export interface KnownNodes {
  /**
   * The nodes of a spec file, in their order.
   * @param version in the text: the format of the spec file
   * @param read called for each node that is not known; what it throws passes through
   * @returns undefined for a text that is written otherwise than Spack writes it: it may be good
   */
  nodesIn(text: string, version: string, read: ReadNode): readonly SpecNode[] | undefined;
}

/** Nodes have one or two kilobytes. With more than this, all are forgotten. */
const MOST = 4096;

export function knownNodes(): KnownNodes {
  const known = new Map<
    string,
    { readonly text: string; readonly version: string; readonly node: SpecNode }
  >();
  return {
    nodesIn(text, version, read) {
      const start = `{"spec":{"_meta":{"version":${version}},"nodes":[`;
      // A longer text would have to be searched for more values than a document may have.
      if (!text.startsWith(start) || text.length > MAX_VALUES) return undefined;
      const nodes: SpecNode[] = [];
      for (let at = start.length; ; at = END.lastIndex + 1) {
        END.lastIndex = at;
        const [, hash] = END.exec(text) ?? [];
        if (hash === undefined) return undefined;
        const end = END.lastIndex;
        const before = known.get(hash);
        if (before?.version === version && text.slice(at, end) === before.text) {
          nodes.push(before.node);
        } else {
          // A copy, since a part of a text keeps all of it in memory.
          const own = Buffer.from(text.slice(at, end)).toString();
          const dict = objectIn(own);
          if (dict === undefined) return undefined;
          const node = read(dict, `spec.nodes[${nodes.length}]`);
          nodes.push(node);
          if (known.size >= MOST) known.clear();
          known.set(hash, { text: own, version, node });
        }
        END.lastIndex = end;
        if (text[end] !== ',') return TAIL.test(text.slice(end)) ? nodes : undefined;
      }
    },
  };
}

/** The hash comes last in a node, and in nothing of a node but a build spec. */
const END = /"hash":"([a-z2-7]{32})"\}(?=[,\]])/g;

/** What follows on the nodes in spec files of layout 3. */
const TAIL = /^\]\}(?:,"buildcache_layout_version":\d)?\}$/;

/** Undefined for what is not an object by itself. */
function objectIn(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    return parseJson(text, 'a node');
  } catch {
    return undefined;
  }
}
