/** The specs of a cache, read out of its index. */
import { BuildcacheError } from '../../core/errors.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { specFormatOf } from '../../spec/database.ts';
import { decodeNode } from '../../spec/decode-node.ts';
import { FLAG_NAMES, type SpecFormat, type SpecNode } from '../../spec/node.ts';
import type { CompactIndex, KeptRecord } from './compact-index.ts';
import type { SpecSource } from './find-specs.ts';
import { type NearSource, nearRecords } from './near-records.ts';

/** How many decoded records are kept for later questions: compilers and common libraries lie below everything. */
const KEEP = 100_000;

/** How many specs are worth comparing with a wanted one in full. */
const NEAR = 3;

/**
 * @param url the index's, for messages
 * @param onBad called for each record that is malformed; it is passed over
 * @throws `unsupported` for an index of a version we do not read
 */
export function indexSpecs(
  index: CompactIndex,
  url: string,
  onBad: (error: BuildcacheError) => void,
): SpecSource & NearSource {
  const format = specFormatOf(index.databaseVersion);
  // Version 5 is from before 2022 and keeps nodes in another shape.
  if (format === undefined || index.databaseVersion < 6) {
    throw new BuildcacheError('unsupported', `index version ${index.databaseVersion} is not supported`, {
      url,
      expected: 'version 6 to 9',
      hint:
        index.databaseVersion < 6
          ? 'rebuild the index with a current Spack, or with update-index'
          : 'update buildcache-action',
    });
  }
  const kept = new Map<string, SpecNode>();
  const lean = leanNodes();
  const decode = (record: KeptRecord): SpecNode | undefined => {
    const known = kept.get(record.hash);
    if (known !== undefined) return known;
    try {
      return lean(decodeRecord(record, format, url));
    } catch (error) {
      if (!(error instanceof BuildcacheError)) throw error;
      onBad(error);
      return undefined;
    }
  };
  const readWhole = async (places: Iterable<number>): Promise<Map<string, SpecNode>> => {
    const found = new Map<string, SpecNode>();
    for await (const record of index.read(places)) {
      try {
        // With its number tokens: they are part of what is hashed.
        found.set(record.hash, decodeRecord(record, format, url, parseJson));
      } catch (error) {
        if (!(error instanceof BuildcacheError)) throw error;
        onBad(error);
      }
    }
    return found;
  };
  return {
    near: async (wanted) => [...(await readWhole(await nearRecords(index, wanted, NEAR))).values()],
    whole: async (hashes) => readWhole(await index.places(hashes)),

    async *candidates({ name, hash }) {
      for await (const record of index.read(await places(index, name, hash))) {
        if (hash !== undefined && !record.hash.startsWith(hash)) continue;
        const node = decode(record);
        if (node !== undefined) yield node;
      }
    },

    async get(hashes) {
      const found = new Map<string, SpecNode>();
      const unknown: string[] = [];
      for (const hash of hashes) {
        const known = kept.get(hash);
        if (known === undefined) unknown.push(hash);
        else found.set(hash, known);
      }
      for await (const record of index.read(await index.places(unknown))) {
        const node = decode(record);
        if (node === undefined) continue;
        found.set(node.hash, node);
        if (kept.size >= KEEP) kept.clear();
        kept.set(node.hash, node);
      }
      return found;
    },
  };
}

async function places(
  index: CompactIndex,
  name: string | undefined,
  hash: string | undefined,
): Promise<Iterable<number>> {
  if (name === undefined) return hash === undefined ? index.all() : index.ofPrefix(hash);
  const [named, providing] = await Promise.all([index.ofPackage(name), index.ofVirtual(name)]);
  return new Set([...named, ...providing]);
}

function decodeRecord(
  { hash, json }: KeptRecord,
  format: SpecFormat,
  url: string,
  parse: (text: string, source: string) => unknown = (text) => JSON.parse(text),
): SpecNode {
  const record: unknown = parse(json.toString('utf8'), url);
  const at = `database.installs.${hash}`;
  const node = decodeNode(isObject(record) ? record['spec'] : undefined, format, url, `${at}.spec`);
  if (node.hash === hash) return node;
  throw new BuildcacheError('bad-input', `${at} is another spec`, { url, expected: hash, found: node.hash });
}

/**
 * Nodes without what matching does not look at. Texts that many nodes share are kept once. This takes a third of the
 * memory where a question takes in half an index.
 */
function leanNodes(): (node: SpecNode) => SpecNode {
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  return (node) => ({
    ...node,
    name: once(node.name),
    version: once(node.version),
    hash: once(node.hash),
    variants: new Map(
      [...node.variants].map(([name, value]) => [name, typeof value === 'string' ? once(value) : value]),
    ),
    flags: isWithoutFlags(node) ? NO_FLAGS : node.flags,
    dependencies: node.dependencies.map((edge) => ({
      ...edge,
      name: once(edge.name),
      hash: once(edge.hash),
      virtuals: edge.virtuals.length === 0 ? NONE : edge.virtuals,
    })),
    dict: {
      patches: node.dict['patches'],
      annotations: node.dict['annotations'],
      provided_virtuals: node.dict['provided_virtuals'],
    },
  });
}

function isWithoutFlags({ flags }: SpecNode): boolean {
  return flags.size === FLAG_NAMES.length && [...flags.values()].every((values) => values.length === 0);
}

const NONE: readonly string[] = [];

const NO_FLAGS: SpecNode['flags'] = new Map(FLAG_NAMES.map((name) => [name, NONE]));
