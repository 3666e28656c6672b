/** The specs of a cache, read out of its index. */
import { BuildcacheError } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import { specFormatOf } from '../spec/database.ts';
import { decodeNode } from '../spec/decode-node.ts';
import type { SpecFormat, SpecNode } from '../spec/node.ts';
import type { CompactIndex, KeptRecord } from './compact-index.ts';
import type { SpecSource } from './find-specs.ts';

/** Decoded records kept for whoever asks next: compilers and common libraries lie below everything. */
const KEEP = 10_000;

/**
 * @param url the index's, for messages
 * @param onBad called for each record that is malformed; it is passed over
 * @throws `unsupported` for an index of a version we do not read
 */
export function indexSpecs(
  index: CompactIndex,
  url: string,
  onBad: (error: BuildcacheError) => void,
): SpecSource {
  const format = specFormatOf(index.databaseVersion);
  // Version 5 is from before 2022 and keeps nodes in another shape.
  if (format === undefined || index.databaseVersion < 6) {
    throw new BuildcacheError('unsupported', `index version ${index.databaseVersion} is not supported`, {
      url,
      expected: 'version 6 to 8',
      hint: 'rebuild the index with a current Spack, or with update-index',
    });
  }
  const kept = new Map<string, SpecNode>();
  const decode = (record: KeptRecord): SpecNode | undefined => {
    const known = kept.get(record.hash);
    if (known !== undefined) return known;
    try {
      return decodeRecord(record, format, url);
    } catch (error) {
      if (!(error instanceof BuildcacheError)) throw error;
      onBad(error);
      return undefined;
    }
  };
  return {
    async *candidates({ name, hash }) {
      for await (const record of index.read(await places(index, name, hash))) {
        if (hash !== undefined && !record.hash.startsWith(hash)) continue;
        const node = decode(record);
        if (node !== undefined) yield node;
      }
    },

    async get(hashes) {
      const found = new Map<string, SpecNode>();
      const wanted: number[] = [];
      for (const hash of hashes) {
        const known = kept.get(hash);
        if (known !== undefined) found.set(hash, known);
        const place = known === undefined ? await index.find(hash) : undefined;
        if (place !== undefined) wanted.push(place);
      }
      for await (const record of index.read(wanted)) {
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

function decodeRecord({ hash, json }: KeptRecord, format: SpecFormat, url: string): SpecNode {
  const record: unknown = JSON.parse(json.toString('utf8'));
  const at = `database.installs.${hash}`;
  const node = decodeNode(isObject(record) ? record['spec'] : undefined, format, url, `${at}.spec`);
  if (node.hash === hash) return node;
  throw new BuildcacheError('bad-input', `${at} is another spec`, { url, expected: hash, found: node.hash });
}
