/**
 * Makes images for what is synced to a registry from a mirror that has no images. There is no install tree to look at, so
 * the folders of a package are found in its tarball. For a package that is in the registry already they are found in the
 * `Env` of its own image, which has the folders that existed. Externals add nothing: their prefixes are in no layer.
 */
import { dirname, normalize } from 'node:path/posix';
import type { ImageMaker } from '../cache/image-content.ts';
import { imageSpecs } from '../cache/oci/layers.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { ImageNames } from '../cache/writing/cache-writer.ts';
import { BuildcacheError } from '../core/errors.ts';
import { withoutEnd } from '../core/without-end.ts';
import { scanTarball } from '../package/scan-tarball.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import {
  defaultInspections,
  imageEnvironment,
  type PrefixInspections,
  runEnvironment,
} from '../tree/run-environment.ts';
import { LayerTurns } from './layer-turns.ts';
import type { SyncJob, SyncOptions, SyncTask } from './sync.ts';
import { dependenciesFirst } from './sync-order.ts';

/** The images of one sync to one registry. */
export interface SyncImages {
  /** The jobs, each after those of what it needs at run time. They have to begin in this order. */
  readonly jobs: readonly SyncJob[];
  /** Hashes of images that are known to be in the registry and complete. */
  readonly there: ReadonlySet<string>;
  readonly makeImage: ImageMaker;
  /** Call it when an entry is present, or when it failed. */
  settle(hash: string, isThere: boolean): void;
  /** Notes for the user, at the end. */
  notes(): string[];
}

export async function syncImages(
  task: SyncTask,
  images: ImageNames,
  options: Pick<SyncOptions, 'inspections' | 'jobs' | 'signal'>,
): Promise<SyncImages> {
  const { jobs, there } = await dependenciesFirst(task, options);
  const turns = new LayerTurns(jobs.map(({ wanted }) => wanted.hash));
  const misplaced: string[] = [];
  const onMisplaced = (text: string) => void misplaced.push(text);
  const { inspections = defaultInspections } = options;
  return {
    jobs,
    there,
    makeImage: imageMaker({ images, turns, inspections, onMisplaced }),
    settle: (hash, isThere) => (isThere ? turns.settle(hash) : turns.fail(hash)),
    notes: () => (misplaced.length === 0 ? [] : [misplacedText(misplaced)]),
  };
}

interface ImageMakerOptions {
  readonly images: ImageNames;
  readonly turns: LayerTurns;
  readonly inspections: (platform: string) => PrefixInspections;
  /** Called with a note on packages that will not find each other in an image. */
  readonly onMisplaced: (text: string) => void;
}

/** The place of a package's files in images, and those of the inspected folders that exist. */
interface Placed {
  readonly prefix: string;
  /** Absolute, without a slash at their ends. */
  readonly folders: ReadonlySet<string>;
}

/** Makes images. What is found out for one is remembered for the others. */
function imageMaker({ images, turns, inspections, onMisplaced }: ImageMakerOptions): ImageMaker {
  /** Packages whose layers this sync has sent, by hash. */
  const sent = new Map<string, Placed>();

  /**
   * @param prefixes that are known from elsewhere, by hash
   * @throws BuildcacheError `not-found` where there is no layer; `untrusted` for a layer that we must not sign
   */
  const find = async (
    specs: readonly SpecNode[],
    root: SpecNode,
    prefixes: ReadonlyMap<string, string>,
    signer: Signer | undefined,
    signal: AbortSignal,
  ) => {
    const found = new Map<string, Placed | undefined>();
    const missing: SpecNode[] = [];
    const toAsk = specs.filter(({ hash }) => !sent.has(hash) && !turns.hasFailed(hash));
    const there = await images.environmentsOf(toAsk, signer, signal);
    for (const spec of specs) {
      const env = there.get(spec.hash);
      if (sent.has(spec.hash)) found.set(spec.hash, sent.get(spec.hash));
      else if (env === undefined) missing.push(spec);
      else found.set(spec.hash, placedByEnvironment(spec, env, prefixes.get(spec.hash)));
    }
    if (missing.length > 0) throw incomplete(root, missing);
    return found;
  };

  return async (document, signer, signal) => {
    const { root } = document;
    const specs = imageSpecs(document, [root.hash]);
    const others = specs.filter(({ hash }) => hash !== root.hash);
    const before = others.filter(({ hash }) => !turns.isToCome(hash, root.hash));
    await find(before, root, new Map(), signer, signal);
    return async (tarball, sha256) => {
      const inspected = inspections(root.platform);
      const folders = inspected.keys();
      const { tarSha256, info, ...own } = await scanTarball(tarball, {
        hash: root.hash,
        sha256,
        folders,
        source: nameOf(root),
        signal,
      });
      const placed = new Map<string, Placed | undefined>([[root.hash, own]]);
      return {
        specs,
        tarSha256,
        allowMissing: false,
        layerSent() {
          sent.set(root.hash, own);
          turns.settle(root.hash);
        },
        async othersSent() {
          const hashes = others.map(({ hash }) => hash);
          const failed = await turns.settled(hashes, root.hash);
          const found = await find(others, root, info.hashToPrefix, signer, signal);
          for (const [hash, each] of found) placed.set(hash, each);
          requireApart(specs, placed);
          const text = misplaced(specs, placed, info.hashToPrefix);
          if (text !== undefined) onMisplaced(text);
          return failed;
        },
        environment(base) {
          const there = new Set([...placed.values()].flatMap((each) => [...(each?.folders ?? [])]));
          const changes = runEnvironment(document, [root.hash], {
            inspections: inspected,
            prefixOf: ({ hash }) => placed.get(hash)?.prefix,
            isThere: (folder) => there.has(withoutSlash(folder)),
          });
          return imageEnvironment(changes, base);
        },
      };
    };
  };
}

/**
 * The place of an image's own package, from its `Env`. Its folders come first in each list. Its prefix is the one in
 * `CMAKE_PREFIX_PATH`.
 * @param builtWith the prefix that another package was built with, for images without that variable
 */
function placedByEnvironment(
  spec: SpecNode,
  env: readonly string[],
  builtWith: string | undefined,
): Placed | undefined {
  const lists = new Map(
    env.map((entry) => {
      const sign = entry.indexOf('=');
      return [entry.slice(0, sign), entry.slice(sign + 1).split(':')];
    }),
  );
  const [first, ...rest] = lists.get('CMAKE_PREFIX_PATH') ?? [];
  // A recipe may have put a folder below the prefix before the prefix itself.
  const named = [first, ...rest].filter((folder) => folder?.includes(shortHash(spec)));
  const [shortest = first ?? builtWith] = named.sort((a = '', b = '') => a.length - b.length);
  if (!shortest?.startsWith('/')) return undefined;
  const prefix = withoutSlash(shortest);
  const all = [...lists.values()].flat().map(withoutSlash);
  return { prefix, folders: new Set(all.filter((each) => each === prefix || each.startsWith(`${prefix}/`))) };
}

/**
 * Layers are unpacked one over the other, the package's own last. A package in another one's prefix would replace its
 * files, so that is refused.
 * @throws BuildcacheError `corrupt`
 */
function requireApart(specs: readonly SpecNode[], placed: ReadonlyMap<string, Placed | undefined>): void {
  const byPrefix = new Map<string, SpecNode>();
  for (const spec of specs) {
    const prefix = placed.get(spec.hash)?.prefix;
    if (prefix === undefined) continue;
    const other = byPrefix.get(prefix);
    if (other !== undefined) throw overlapping(spec, other, prefix);
    byPrefix.set(prefix, spec);
  }
  for (const [prefix, spec] of byPrefix) {
    for (let above = dirname(prefix); above !== '/'; above = dirname(above)) {
      const other = byPrefix.get(above);
      if (other !== undefined) throw overlapping(spec, other, prefix);
    }
  }
}

function overlapping(spec: SpecNode, other: SpecNode, prefix: string): BuildcacheError {
  const names = `${nameOf(spec)}, ${nameOf(other)}`;
  return new BuildcacheError('corrupt', `two packages of one image are in one prefix: ${names}`, {
    expected: 'a prefix for each',
    found: prefix,
    hint: 'do not use this mirror before its owner has looked into it',
  });
}

/** Why an image would not run: a package finds its dependencies at the prefixes it was built with, and one is not there. */
function misplaced(
  specs: readonly SpecNode[],
  placed: ReadonlyMap<string, Placed | undefined>,
  expected: ReadonlyMap<string, string>,
): string | undefined {
  for (const spec of specs) {
    const at = placed.get(spec.hash)?.prefix;
    const wanted = expected.get(spec.hash);
    if (at === undefined || wanted === undefined || at === withoutSlash(wanted)) continue;
    return `${nameOf(specs.at(-1) ?? spec)} was built with ${nameOf(spec)} at ${wanted}, which is at ${at} in images`;
  }
  return undefined;
}

function misplacedText([first, ...more]: readonly string[]): string {
  const others = more.length === 0 ? '' : ` (and ${more.length} more like it)`;
  return `${first}${others}: it can be installed from there, but will not run as an image; build all in one install tree for that`;
}

function incomplete(root: SpecNode, missing: readonly SpecNode[]): BuildcacheError {
  const names = missing.slice(0, 5).map(nameOf).join(', ');
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  return new BuildcacheError('not-found', `the image would lack what it runs with: ${names}${more}`, {
    expected: `all that ${nameOf(root)} links to or runs in the registry, or copied with it`,
    hint: 'copy it too: without SPECs all of the environment is copied, with --all all that the mirror holds; if it failed, see why',
  });
}

function nameOf(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}

function withoutSlash(folder: string): string {
  return withoutEnd(normalize(folder), '/') || '/';
}
