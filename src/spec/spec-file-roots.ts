/**
 * Reads many spec files for what they are of. A spec file holds all that is below its spec, so those of an environment
 * hold each node many times over. A node that was read before is known by its text, and is neither parsed nor hashed again.
 */
import { parseJson } from '../core/json.ts';
import { MAX_VALUES } from '../core/json-size.ts';
import { assertClosedAndAcyclic, type LinkedNode } from './assemble.ts';
import { formatOf, readNode, readSpecFile, specFileText, WRITTEN_VERSION } from './spec-file.ts';

export interface SpecFileRoots {
  /**
   * The spec that a spec file is about.
   * @throws as `readSpecFile`
   */
  rootOf(bytes: Uint8Array, source: string): LinkedNode;
}

/** Texts of nodes have one or two kilobytes. With more nodes than this, all are forgotten. */
const MOST = 4096;

export function specFileRoots(): SpecFileRoots {
  const known = new Map<string, KnownNode>();
  return {
    rootOf(bytes, source) {
      const text = specFileText(bytes, source);
      return rootIn(text, source, known) ?? readSpecFile(bytes, source).root;
    },
  };
}

interface KnownNode {
  readonly text: string;
  /** The format of the spec file, which decides how the text is read. */
  readonly version: string;
  /** No more than this is kept: what was parsed takes twenty times as much memory as its text. */
  readonly node: LinkedNode;
}

/** The hash comes last in a node, and in nothing of a node but a build spec. */
const END = /"hash":"([a-z2-7]{32})"\}(?=[,\]])/g;

/** What follows on the nodes in spec files of layout 3. */
const TAIL = /^\]\}(?:,"buildcache_layout_version":\d)?\}$/;

/** Undefined for a text that is written otherwise than Spack writes it, which may be good, and for one that is long. */
function rootIn(text: string, source: string, known: Map<string, KnownNode>): LinkedNode | undefined {
  const [, version] = WRITTEN_VERSION.exec(text) ?? [];
  const start = `{"spec":{"_meta":{"version":${version}},"nodes":[`;
  // A longer text would have to be searched for more values than a document may have.
  if (version === undefined || !text.startsWith(start) || text.length > MAX_VALUES) return undefined;
  const nodes = new Map<string, LinkedNode>();
  for (let at = start.length; ; at = END.lastIndex + 1) {
    END.lastIndex = at;
    const [, hash] = END.exec(text) ?? [];
    if (hash === undefined) return undefined;
    const end = END.lastIndex;
    const part = text.slice(at, end);
    const before = known.get(hash);
    const isKnown = before !== undefined && before.version === version && before.text === part;
    const node = isKnown ? before.node : readPart(part, version, source, `spec.nodes[${nodes.size}]`);
    if (node === undefined || nodes.has(hash)) return undefined;
    nodes.set(hash, node);
    if (!isKnown) {
      if (known.size >= MOST) known.clear();
      // Copies, since a part of a text keeps all of it in memory.
      known.set(node.hash, { text: Buffer.from(part).toString(), version, node });
    }
    END.lastIndex = end;
    if (text[end] === ',') continue;
    if (!TAIL.test(text.slice(end))) return undefined;
    assertClosedAndAcyclic(nodes, source);
    return nodes.values().next().value;
  }
}

/** Undefined for what is not an object by itself. */
function readPart(text: string, version: string, source: string, at: string): LinkedNode | undefined {
  if (!text.startsWith('{')) return undefined;
  let dict: unknown;
  try {
    dict = parseJson(text, source);
  } catch {
    return undefined;
  }
  const {
    name,
    hash,
    version: ofNode,
    buildSpec,
    dependencies,
  } = readNode(dict, formatOf({ version: Number(version) }, source), source, at);
  const edges = dependencies.map((edge) => ({ name: edge.name, hash: edge.hash }));
  return { name, hash, version: ofNode, buildSpec, dependencies: edges };
}
