/** Reading layout 2: spec files and tarballs side by side under `build_cache/`, no manifests, no sizes. */
import { clearsignedText, whySpackCannotRead } from '../../core/clearsigned.ts';
import { isSha256 } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { previewOf } from '../../core/json.ts';
import { compilerOf as writtenCompiler } from '../../spec/constraint/compiler.ts';
import { politeFilename } from '../../spec/format.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, readSpecFile, type SpecFile } from '../../spec/spec-file.ts';
import { canList, type StorageLister, type StorageReader } from '../../storage/storage.ts';
import {
  type Descriptor,
  type EntryNaming,
  type EntryReader,
  type ListedEntry,
  readerId,
} from '../entries.ts';
import { documentUrl, fetchDocument, incomplete } from '../fetch-document.ts';

const INDEX = 'build_cache/index.json';

/**
 * Where layout 2 keeps a spec: its spec file without the extension, and its tarball. Both names have a compiler. A
 * spec that was of format 5 from the start has its provider of c, else cxx, else fortran; without one, compiler and
 * version are `none`. An older spec names its compiler itself, even where a newer Spack has written it again.
 * @param nodes the spec's graph, for finding the provider's version
 */
export function layout2Keys(
  spec: SpecNode,
  nodes: ReadonlyMap<string, SpecNode>,
): { spec: string; tarball: string } {
  const arch = politeFilename(`${spec.platform}-${spec.os}-${spec.target}`);
  const compiler = compilerOf(spec, nodes);
  const toolchain = politeFilename(`${compiler.name}-${compiler.version}`);
  const package_ = politeFilename(`${spec.name}-${spec.version}`);
  const file = `${arch}-${toolchain}-${package_}-${spec.hash}`;
  return {
    spec: `build_cache/${file}.spec.json`,
    tarball: `build_cache/${arch}/${toolchain}/${package_}/${file}.spack`,
  };
}

/** The tarball as the spec file describes it. @throws `bad-input` when it does not */
export function specFileTarball({ tarballSha256 }: SpecFile, key: string, url: string): Descriptor {
  if (!isSha256(tarballSha256)) throw incomplete(url, 'binary_cache_checksum with a SHA-256');
  return { key, sha256: tarballSha256, size: undefined };
}

export const LAYOUT2_NAMING: EntryNaming = {
  keyOf: (spec, nodes, signed) => `${layout2Keys(spec, nodes).spec}${signed ? '.sig' : ''}`,
  separator: '/',
  url: /^(?=[a-z][a-z0-9+.-]*:\/\/)(.*[^/])\/+(build_cache\/[^/]+-([a-z2-7]{32})\.spec\.json(?:\.sig)?)$/i,
};

/** @param graph where the compilers in file names are looked up, when a spec is asked for */
export function openLayout2(storage: StorageReader, graph: Pick<SpecGraph, 'nodes'>): EntryReader {
  const readAt = async (key: string, signal?: AbortSignal) => {
    const what = 'the spec file';
    const bytes = await fetchDocument(storage, key, { what, signal, maxBytes: MAX_SPEC_FILE });
    if (bytes === undefined) return undefined;
    const url = documentUrl(storage, key);
    const document = readSpecFile(bytes, url);
    const signed = clearsignedText(bytes.toString('utf8')) !== undefined;
    // The document knows its own compiler. The graph that was asked about may not.
    const tarball = specFileTarball(document, layout2Keys(document.root, document.nodes).tarball, url);
    return { bytes, signed, url, tarball, spec: undefined };
  };
  return {
    id: readerId(storage, 'v2'),
    layout: 'v2',
    naming: LAYOUT2_NAMING,
    storage,
    isOlder: true,

    async findIndex(signal) {
      const hash = await fetchDocument(storage, `${INDEX}.hash`, { what: 'the index hash', signal });
      const sha256 = hash?.toString('latin1').trim();
      if (isSha256(sha256)) return { key: INDEX, sha256, size: undefined, compression: 'none' };
      const info = await storage.head(INDEX, { signal });
      if (info === undefined) return undefined;
      return { key: INDEX, sha256: undefined, size: info.size, etag: info.etag, compression: 'none' };
    },

    // Layout 2 has no marker of its own; its index is the only sign.
    async isMarked() {
      return false;
    },

    async has(spec, signal) {
      for (const key of documentKeys(spec, graph.nodes)) {
        // The first bytes suffice: spec files run to megabytes.
        const start = await fetchDocument(storage, key, {
          what: 'the spec file',
          signal,
          range: { start: 0, end: 63 },
          maxBytes: MAX_SPEC_FILE,
        });
        if (start === undefined) continue;
        const text = start.toString('latin1');
        if (SPEC_FILE.test(text)) return true;
        if (!/^\s*\{/.test(text)) throw notASpecFile(documentUrl(storage, key), start);
        // Some servers answer with JSON for whatever they do not have. The whole document tells.
        if ((await readAt(key, signal)) !== undefined) return true;
      }
      return false;
    },

    async read(spec, signal) {
      for (const key of documentKeys(spec, graph.nodes)) {
        const entry = await readAt(key, signal);
        if (entry !== undefined) return entry;
      }
      return undefined;
    },

    isPlaceOf: (key, spec, own = graph.nodes) => documentKeys(spec, own).includes(key),
    list: canList(storage) ? (signal) => listSpecFiles(storage, signal) : undefined,
    couldBe: ({ key }, name) => key.includes(`-${name}-`),
    readAt,
    otherKey: (key) => (key.endsWith('.sig') ? key.slice(0, -4) : `${key}.sig`),
    async readSpec({ bytes, url }) {
      return readSpecFile(bytes, url);
    },
    // The key is not in the signed text. It follows from the spec that was asked for.
    signedParts: (text, { url, tarball: { key } }) => ({
      tarball: specFileTarball(readSpecFile(Buffer.from(text), url), key, url),
      spec: undefined,
    }),
    whySpackCannotRead: ({ bytes, signed }) =>
      signed ? whySpackCannotRead(bytes.toString('utf8')) : undefined,
  };
}

/** How a spec file begins, as Spack writes it. */
const SPEC_FILE = /^(?:\s*\{\s*"spec"\s*:\s*\{|-----BEGIN PGP SIGNED MESSAGE-----)/;

function documentKeys(spec: SpecNode, nodes: ReadonlyMap<string, SpecNode>): readonly string[] {
  const key = layout2Keys(spec, nodes).spec;
  return [`${key}.sig`, key];
}

/** Where a spec is there both signed and unsigned, only the signed one. */
async function* listSpecFiles(storage: StorageLister, signal?: AbortSignal): AsyncGenerator<ListedEntry> {
  const unsigned = new Map<string, ListedEntry>();
  const signed = new Set<string>();
  for await (const { key, modified } of storage.list('build_cache/', { signal })) {
    const [, hash, sig] = /^build_cache\/[^/]+-([a-z2-7]{32})\.spec\.json(\.sig)?$/.exec(key) ?? [];
    if (hash === undefined) continue;
    if (sig === undefined) {
      unsigned.set(key, { key, hash, modified });
    } else {
      signed.add(key.slice(0, -sig.length));
      yield { key, hash, modified };
    }
  }
  for (const [key, entry] of unsigned) if (!signed.has(key)) yield entry;
}

function compilerOf(spec: SpecNode, nodes: ReadonlyMap<string, SpecNode>): { name: string; version: string } {
  const written = spec.originalFormat < 5 ? writtenCompiler(spec) : undefined;
  if (written !== undefined) return written;
  for (const language of ['c', 'cxx', 'fortran']) {
    const edge = spec.dependencies.find(({ virtuals }) => virtuals.includes(language));
    const node = edge === undefined ? undefined : nodes.get(edge.hash);
    if (node !== undefined) return node;
  }
  return { name: 'none', version: 'none' };
}

function notASpecFile(url: string, start: Buffer): BuildcacheError {
  return new BuildcacheError('bad-input', 'not a spec file', {
    url,
    expected: 'JSON or a signed message',
    found: previewOf(start.toString('latin1'), url),
  });
}
