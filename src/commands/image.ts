/**
 * `image`: an image of whole environments, straight from build caches. For each layer its packages are fetched, verified
 * and relocated as for an install, and packed; at no time are more packages unpacked than layers are made at once. All of
 * it is made or nothing: an image without one of its packages is no image of the environment.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path/posix';
import pLimit from 'p-limit';
import type { BaseImage } from '../cache/oci/base.ts';
import {
  formatImage,
  formatPlatformImage,
  type ImageLayer,
  type PlatformImage,
} from '../cache/oci/environment-image.ts';
import type { ImageTarget } from '../cache/oci/image-target.ts';
import { digestOfHex } from '../cache/oci/storage.ts';
import type { DownloadCache } from '../cache/reading/download-cache.ts';
import type { ProvenancePolicy } from '../cache/trust/provenance-policy.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { PackedLayer } from '../package/layer-archive.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import { planLayers } from '../plan/image-layers.ts';
import type { ImagePlatform, ImageSource } from '../plan/image-platforms.ts';
import type { ImageFailure, ImagePlatformResult, ImageResult } from '../plan/image-result.ts';
import { localSourceWarning } from '../report/local-source.ts';
import type { Reporter } from '../report/reporter.ts';
import { entrySpecs } from '../spec/entry-spec.ts';
import { ofLocalSource } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import type { Projection } from '../tree/install-settings.ts';
import { prefixOverlap } from '../tree/prefix-overlap.ts';
import { installPrefix } from '../tree/projection.ts';
import { imageEnvironment, type PrefixInspections, runEnvironment } from '../tree/run-environment.ts';
import { LINUX_SHEBANG_LIMIT, sbangPath, sbangScript } from '../tree/sbang.ts';
import { basesFor } from './image-base.ts';
import { type ImageStore, lookUp, makeFilesLayer, makeLayer } from './image-layer.ts';
import { type AskOptions, sourcesBySpec } from './install-order.ts';
import { nameOf } from './install-plan.ts';

/** An environment, and what its configuration says of the store in the image. */
export interface ImageEnvironment extends ImageSource {
  readonly projections: readonly Projection[];
  readonly inspections: PrefixInspections;
}

export interface ImageOptions extends AskOptions {
  readonly platforms: readonly ImagePlatform<ImageEnvironment>[];
  /** Of the store in the image, absolute. */
  readonly root: string;
  /** Layers of an image, without those of its base. */
  readonly maxLayers: number;
  readonly base: BaseImage | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: Date | undefined;
  /** Undefined for a dry run. */
  readonly target: ImageTarget | undefined;
  /** The file or folder, or the name in a registry, for people. */
  readonly place: string;
  readonly cache: DownloadCache;
  /** What is asked of each entry's provenance. */
  readonly provenance?: ProvenancePolicy | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  readonly tools?: RelocationTools | undefined;
}

/**
 * @returns also where a spec could not be had: nothing is made then
 * @throws BuildcacheError `usage` for a limit or a base that leaves too few layers; `conflict` for two specs in one prefix,
 *   and as `ImageTarget.finish`; as `readBase`; `cancelled`
 */
export async function makeImage(options: ImageOptions, reporter: Reporter): Promise<ImageResult> {
  const { platforms, target, signal } = options;
  const notes: string[] = [];
  const plans = platforms.map((platform) => planPlatform(platform, options));
  const local = platforms.flatMap(({ specs, source }) => ofLocalSource(specs, source.graph));
  const warning = localSourceWarning(local, 'taken');
  if (warning !== undefined) notes.push(warning);
  const bases = await basesFor(plans, options.base, signal);
  const all = plans.flatMap(({ platform }) => entrySpecs(platform.source.graph, platform.specs));
  const order = await sourcesBySpec(all, options, (note) => notes.push(note));
  const work: Work = { ...options, order, onNote: (note) => notes.push(note) };
  const missing = await findMissing(plans, work, reporter);
  const rest = { root: options.root, place: options.place, notes };
  if (missing.length > 0 || target === undefined) {
    const planned = plans.map((plan) => resultOf(plan, undefined));
    return {
      ...rest,
      digest: undefined,
      platforms: planned,
      failed: missing,
      sent: 0,
      dryRun: target === undefined,
    };
  }
  const images: PlatformImage[] = [];
  const results: ImagePlatformResult[] = [];
  const failed: ImageFailure[] = [];
  let sent = 0;
  for (const [plan, { base, bring }] of bases) {
    await bring(target);
    const made = await makeLayers(plan, { ...work, target }, reporter);
    failed.push(...made.failures);
    sent += made.sent;
    if (failed.length > 0) {
      results.push(resultOf(plan, undefined));
      continue;
    }
    const env = environmentOf(plan, made.folders, base.config.env);
    notes.push(...env.flatMap(tooLong));
    const image = formatPlatformImage({
      architecture: plan.platform.architecture,
      base,
      layers: made.layers,
      env,
      labels: options.labels,
      created: options.created,
    });
    images.push(image);
    results.push(resultOf(plan, { layers: made.layers, image, tarballs: made.tarballs }));
  }
  if (failed.length > 0) {
    return { ...rest, digest: undefined, platforms: results, failed, sent, dryRun: false };
  }
  throwIfCancelled(signal);
  const image = formatImage(images, options.labels);
  await target.finish(image, images, signal);
  return { ...rest, digest: image.digest, platforms: results, failed, sent, dryRun: false };
}

type Work = ImageOptions & {
  readonly order: Awaited<ReturnType<typeof sourcesBySpec>>;
  readonly onNote: (note: string) => void;
};

interface Plan {
  readonly platform: ImagePlatform<ImageEnvironment>;
  readonly store: ImageStore;
  readonly layers: readonly (readonly SpecNode[])[];
}

/** As many as an install unpacks at once. */
const AT_ONCE = Math.max(2, Math.min(8, availableParallelism()));

function planPlatform(platform: ImagePlatform<ImageEnvironment>, { root, maxLayers }: ImageOptions): Plan {
  const { graph, projections, inspections } = platform.source;
  const settings = { root, unpaddedRoot: root };
  const known = new Map<string, string>();
  const prefixOf = (hash: string): string => {
    const node = graph.nodes.get(hash);
    const prefix = known.get(hash) ?? (node && installPrefix(node, graph, { root, projections }));
    if (prefix === undefined) throw new BuildcacheError('internal', `no prefix for /${hash}`);
    known.set(hash, prefix);
    return prefix;
  };
  const overlap = prefixOverlap(platform.specs.map(({ hash }) => [hash, prefixOf(hash)] as const));
  for (const spec of platform.specs) {
    const other = overlap(spec.hash, prefixOf(spec.hash));
    if (other === undefined) continue;
    throw new BuildcacheError('conflict', `${nameOf(spec)} cannot be where another spec has its prefix`, {
      file: prefixOf(spec.hash),
      found: `/${other}`,
      hint: 'put {hash} into config:install_tree:projections, at the same depth for all specs',
    });
  }
  return {
    platform,
    store: { settings, graph, prefixOf, inspected: [...inspections.keys()] },
    // One layer is the store's own.
    layers: planLayers(platform.specs, maxLayers - 1),
  };
}

/** Asks for everything before anything large is downloaded. */
async function findMissing(plans: readonly Plan[], work: Work, reporter: Reporter): Promise<ImageFailure[]> {
  const limit = pLimit(work.jobs);
  const total = plans.reduce((sum, { platform }) => sum + platform.specs.length, 0);
  const progress = reporter.progress('Asking for', total);
  try {
    const asked = plans.flatMap(({ platform, store }) =>
      platform.specs.map((spec) =>
        limit(async () => {
          throwIfCancelled(work.signal);
          const failure = await lookUp(spec, { ...work, store });
          progress.advance(1);
          return failure;
        }),
      ),
    );
    return (await Promise.all(asked)).flatMap((failure) => failure ?? []);
  } finally {
    progress.done();
  }
}

interface MadeLayers {
  readonly layers: readonly ImageLayer[];
  /** By hash: folders below the prefix that are there. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tarballs: ReadonlyMap<string, string>;
  readonly failures: readonly ImageFailure[];
  readonly sent: number;
}

async function makeLayers(
  { platform, store, layers }: Plan,
  work: Work & { readonly target: ImageTarget },
  reporter: Reporter,
): Promise<MadeLayers> {
  const { target, signal } = work;
  const folders = new Map<string, ReadonlySet<string>>();
  const tarballs = new Map<string, string>();
  const failures: ImageFailure[] = [];
  let sent = 0;
  const stop = new AbortController();
  const during = AbortSignal.any([signal, stop.signal]);
  const progress = reporter.progress('Packing', platform.specs.length);
  const put = async (layer: PackedLayer, createdBy: string): Promise<ImageLayer> => {
    const bytes = await target.putLayer(layer, during);
    sent += bytes; // not in one line: `sent` would be read before the layer is put
    const { size, sha256, tarSha256 } = layer;
    return { digest: digestOfHex(sha256), size, diffId: digestOfHex(tarSha256), createdBy };
  };
  const limit = pLimit(Math.min(AT_ONCE, work.jobs));
  const makeOne = async (specs: readonly SpecNode[]): Promise<ImageLayer | undefined> => {
    // One failure is enough for there to be no image.
    if (failures.length > 0) return undefined;
    const made = await makeLayer(specs, {
      ...work,
      store,
      folder: target.folder,
      jobs: availableParallelism(),
      watch: progress.watch,
      signal: during,
      onPacked({ spec, folders: found, sha256 }) {
        folders.set(spec.hash, new Set(found));
        if (sha256 !== undefined) tarballs.set(spec.hash, sha256);
        progress.advance(1);
      },
    });
    if (made.kind === 'made') return await put(made.layer, `buildcache: ${specs.map(nameOf).join(' ')}`);
    failures.push(...made.failures);
    return undefined;
  };
  const making = layers.map((specs) => limit(() => makeOne(specs)));
  try {
    const made = await Promise.all(making);
    if (failures.length > 0) return { layers: [], folders, tarballs, failures, sent };
    const own = await put(
      await makeFilesLayer(storeFiles(store), target.folder),
      `buildcache: ${store.settings.root}`,
    );
    return { layers: [...made.flatMap((layer) => layer ?? []), own], folders, tarballs, failures, sent };
  } catch (error) {
    // Nothing may write to the target any more when its owner closes it.
    stop.abort(error);
    await Promise.allSettled(making);
    throw error;
  } finally {
    progress.done();
  }
}

/** What is in the store beside packages. */
function storeFiles({ settings }: ImageStore): Parameters<typeof makeFilesLayer>[0] {
  // Whatever kernel it will run on.
  return new Map([
    [sbangPath(settings.unpaddedRoot, LINUX_SHEBANG_LIMIT), { bytes: sbangScript(), executable: true }],
  ]);
}

/** Externals add nothing: their prefixes are in no layer. */
function environmentOf(
  { platform, store }: Plan,
  folders: MadeLayers['folders'],
  base: readonly string[],
): readonly string[] {
  const { graph, inspections } = platform.source;
  const there = new Set<string>();
  for (const [hash, found] of folders)
    for (const below of found) there.add(join(store.prefixOf(hash), below));
  const changes = runEnvironment(graph, platform.roots, {
    inspections,
    prefixOf: ({ hash, external }) => (external === undefined ? store.prefixOf(hash) : undefined),
    isThere: (folder) => there.has(folder),
  });
  return imageEnvironment(changes, base);
}

/** Linux starts no program with a longer variable (`MAX_ARG_STRLEN`), its final NUL included. */
const LONGEST_VARIABLE = 128 * 1024 - 1;

function tooLong(variable: string): string[] {
  const bytes = Buffer.byteLength(variable);
  if (bytes <= LONGEST_VARIABLE) return [];
  const name = variable.slice(0, variable.indexOf('='));
  return [
    `${name} of the image has ${bytes} bytes, and Linux runs no program with a variable of more than ${LONGEST_VARIABLE}: ` +
      'put fewer packages into the image, or less into its variables (modules:prefix_inspections in spack.yaml)',
  ];
}

function resultOf(
  { platform, layers }: Plan,
  made: (Pick<MadeLayers, 'layers' | 'tarballs'> & { readonly image: PlatformImage }) | undefined,
): ImagePlatformResult {
  return {
    architecture: platform.architecture,
    digest: made?.image.manifest.digest,
    roots: platform.roots,
    tarballs: made?.tarballs ?? new Map(),
    layers: layers.map((specs, i) => ({ specs, made: made?.layers[i] })),
  };
}
