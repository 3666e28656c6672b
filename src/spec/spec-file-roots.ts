/**
 * Reads many spec files for what they are of. A spec file holds all that is below its spec, so those of an environment
 * hold each node many times over. A node that was read before is known by its text, and is neither parsed nor hashed again.
 */
import { randomBytes } from 'node:crypto';
import { isObject, type JsonObject, parseJson } from '../core/json.ts';
import { MAX_VALUES } from '../core/json-size.ts';
import { assertClosedAndAcyclic, type LinkedNode } from './assemble.ts';
import {
  formatOf,
  readNode,
  readSpecFile,
  type SpecFile,
  specFileText,
  tarballChecksum,
} from './spec-file.ts';

/** What a spec file is of. */
export interface SpecFileRoot extends Pick<SpecFile, 'tarballSha256'> {
  /** The spec that the spec file is about. */
  readonly root: LinkedNode;
}

export interface SpecFileRoots {
  /** @throws as `readSpecFile` */
  rootOf(bytes: Uint8Array, source: string): SpecFileRoot;
}

/** Texts of nodes have one or two kilobytes. With more nodes than this, all are forgotten. */
const MOST = 4096;

export function specFileRoots(): SpecFileRoots {
  const known: Known = { nodes: new Map(), heads: new Map() };
  return {
    rootOf(bytes, source) {
      const text = specFileText(bytes, source);
      return rootSoon(text, source, known) ?? readSpecFile(bytes, source);
    },
  };
}

/** Both by DAG hash. */
interface Known {
  readonly nodes: Map<string, KnownNode>;
  /** A package has its spec file twice, soon after each other: in the mirror, and in its tarball with less after the nodes. */
  readonly heads: Map<string, KnownHead>;
}

/** A text up to the end of its nodes. */
interface KnownHead {
  readonly head: string;
  readonly root: LinkedNode;
}

interface KnownNode {
  readonly text: string;
  /** The format of the spec file, which decides how the text is read. */
  readonly version: string;
  /** No more than this is kept: what was parsed takes twenty times as much memory as its text. */
  readonly node: LinkedNode;
}

/** What stands before the nodes. In the configuration of an image, other members come first. */
const START = /"spec":\{"_meta":\{"version":(0|[1-9]\d{0,8})\},"nodes":\[/;

/** The hash comes last in a node, and in nothing of a node but a build spec. */
const END = /"hash":"([a-z2-7]{32})"\}(?=[,\]])/g;

/** Stands for the nodes while the rest is parsed. No document can hold it: it is drawn when the program starts. */
const NODES = randomBytes(16).toString('hex');

/**
 * Undefined for a text that is written otherwise than Spack writes it, which may be good, and for one that is long. What is
 * wrong with a text only the reader of whole documents says: nodes may stand in one that do not count.
 */
function rootSoon(text: string, source: string, known: Known): SpecFileRoot | undefined {
  // A longer text would have to be searched for more values than a document may have.
  if (text.length > MAX_VALUES) return undefined;
  try {
    const start = START.exec(text);
    const version = start?.[1];
    if (start === null || version === undefined) return undefined;
    const from = start.index + start[0].length;
    const again = headAgain(text, from, known);
    const { head, root } = again ?? headIn(text, from, version, source, known.nodes) ?? {};
    if (head === undefined || root === undefined) return undefined;
    const rest = readRest(`${text.slice(0, from)}"${NODES}"${text.slice(head.length)}`, version, source);
    if (rest === undefined) return undefined;
    if (again === undefined) keepHead(known.heads, { head, root });
    return { root, tarballSha256: tarballChecksum(rest) };
  } catch {
    return undefined;
  }
}

function headAgain(text: string, from: number, { heads }: Known): KnownHead | undefined {
  END.lastIndex = from;
  const hash = END.exec(text)?.[1] ?? '';
  const known = heads.get(hash);
  if (known === undefined || !text.startsWith(known.head) || text[known.head.length] !== ']')
    return undefined;
  heads.delete(hash); // it will not come a third time
  return known;
}

/** With more packages in work than these, or longer texts, nothing is read sooner. Together they keep 16 MB at most. */
function keepHead(heads: Map<string, KnownHead>, known: KnownHead): void {
  if (known.head.length > 512 * 1024) return;
  if (heads.size >= 16) heads.clear();
  heads.set(known.root.hash, known);
}

function headIn(
  text: string,
  from: number,
  version: string,
  source: string,
  known: Map<string, KnownNode>,
): KnownHead | undefined {
  const nodes = new Map<string, LinkedNode>();
  for (let at = from; ; at = END.lastIndex + 1) {
    END.lastIndex = at;
    const [, hash] = END.exec(text) ?? [];
    if (hash === undefined) return undefined;
    const end = END.lastIndex;
    const part = text.slice(at, end);
    const before = known.get(hash);
    const isKnown = before !== undefined && before.version === version && before.text === part;
    const node = isKnown ? before.node : readPart(part, version, source, `spec.nodes[${nodes.size}]`);
    // The name of the last member may only end like it.
    if (node?.hash !== hash || nodes.has(hash)) return undefined;
    nodes.set(hash, node);
    if (!isKnown) {
      if (known.size >= MOST) known.clear();
      // Copies, since a part of a text keeps all of it in memory.
      known.set(node.hash, { text: Buffer.from(part).toString(), version, node });
    }
    END.lastIndex = end;
    if (text[end] === ',') continue;
    const [root] = nodes.values();
    if (root === undefined) return undefined;
    assertClosedAndAcyclic(nodes, source);
    return { head: text.slice(0, end), root };
  }
}

/**
 * The document around the nodes. Undefined where the nodes that were read are not those that count: they may stand
 * elsewhere than in the spec, or in a spec that another one of the same document replaces.
 */
function readRest(text: string, version: string, source: string): JsonObject | undefined {
  const document = parseJson(text, source);
  const spec = isObject(document) ? document['spec'] : undefined;
  if (!isObject(document) || !isObject(spec)) return undefined;
  const { nodes, _meta: meta } = spec;
  const areThose = Array.isArray(nodes) && nodes.length === 1 && nodes[0] === NODES;
  const isVersion = isObject(meta) && meta['version'] === Number(version);
  return areThose && isVersion ? document : undefined;
}

/** Undefined for what is not an object. @throws for what is no JSON by itself, and as `readNode` */
function readPart(text: string, version: string, source: string, at: string): LinkedNode | undefined {
  if (!text.startsWith('{')) return undefined;
  const dict = parseJson(text, source);
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
