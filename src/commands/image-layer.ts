/** Makes one layer of an image: its packages come from the mirrors, are relocated, and are packed one after the other. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DownloadCache } from '../cache/reading/download-cache.ts';
import { obtain } from '../cache/reading/obtain.ts';
import { readVerifiedEntry } from '../cache/reading/verified-entry.ts';
import { type ProvenancePolicy, requireProvenance } from '../cache/trust/provenance-policy.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import { removeTree } from '../core/remove-tree.ts';
import type { WatchTransfer } from '../core/transfer.ts';
import { openLayerArchive, type PackedLayer } from '../package/layer-archive.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import type { ImageFailure } from '../plan/image-result.ts';
import { entrySpec } from '../spec/entry-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallSettings } from '../tree/install-settings.ts';
import { isStagedFolder, stagePackage } from '../tree/stage-package.ts';
import { nameOf } from './install-plan.ts';
import { inNoMirror } from './not-in-mirrors.ts';
import type { Source } from './sources.ts';

/** The install tree that an image has. */
export interface ImageStore {
  readonly settings: Pick<InstallSettings, 'root' | 'unpaddedRoot'>;
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** The prefix of any spec of the graph in the image. */
  readonly prefixOf: (hash: string) => string;
  /** Folders below prefixes to look for, as prefix inspections name them. */
  readonly inspected: readonly string[];
}

export interface LayerWork {
  readonly store: ImageStore;
  /** The mirrors to ask for a spec, in order. */
  readonly order: (spec: SpecNode) => readonly Source[];
  readonly cache: DownloadCache;
  /** What is asked of each entry's provenance. */
  readonly provenance?: ProvenancePolicy | undefined;
  /** Where the layer is made. */
  readonly folder: string;
  /** How many blocks to compress at once. */
  readonly jobs: number;
  readonly tools?: RelocationTools | undefined;
  readonly watch?: WatchTransfer | undefined;
  readonly signal: AbortSignal;
  readonly onNote: (note: string) => void;
  readonly onPacked: (packed: PackedSpec) => void;
}

/** A spec that is in its layer. */
export interface PackedSpec {
  readonly spec: SpecNode;
  /** Those of the inspected folders that it has. */
  readonly folders: readonly string[];
  /** SHA-256 of its tarball. */
  readonly sha256: string | undefined;
}

export type LayerOutcome =
  | { readonly kind: 'made'; readonly layer: PackedLayer }
  | { readonly kind: 'failed'; readonly failures: readonly ImageFailure[] };

/**
 * @returns the layer, or the specs that keep it from being made: all of them, so that a user sees them at once
 * @throws BuildcacheError `cancelled`; `io`, `denied` where the layer cannot be written
 */
export async function makeLayer(specs: readonly SpecNode[], work: LayerWork): Promise<LayerOutcome> {
  const { folder, jobs, signal } = work;
  const archive = await openLayerArchive(join(folder, `${randomUUID()}.tar.gz`), jobs);
  const failures: ImageFailure[] = [];
  try {
    for (const spec of specs) {
      try {
        const add = (files: string, prefix: string) => archive.addPackage(files, prefix, signal);
        await addSpec(spec, add, work);
      } catch (error) {
        throwIfCancelled(signal);
        failures.push(failureOf(spec, error));
      }
    }
    if (failures.length > 0) return { kind: 'failed', failures };
    return { kind: 'made', layer: await archive.finish() };
  } finally {
    await archive.discard();
  }
}

/** A layer with the image's own files. @param files by absolute path */
export async function makeFilesLayer(
  files: ReadonlyMap<string, { readonly bytes: Buffer; readonly executable: boolean }>,
  folder: string,
): Promise<PackedLayer> {
  const archive = await openLayerArchive(join(folder, `${randomUUID()}.tar.gz`), 1);
  try {
    for (const [path, { bytes, executable }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await archive.addFile(path, bytes, executable);
    }
    return await archive.finish();
  } finally {
    await archive.discard();
  }
}

/**
 * Whether the mirrors have a spec, and may be believed about it. Nothing large is downloaded.
 * @returns why not; undefined where a mirror has it
 * @throws BuildcacheError `cancelled`
 */
export async function lookUp(
  spec: SpecNode,
  { store, order, provenance, signal }: Pick<LayerWork, 'store' | 'order' | 'provenance' | 'signal'>,
): Promise<ImageFailure | undefined> {
  const from = entrySpec(store.graph, spec);
  let failure: unknown;
  for (const { open } of order(from)) {
    const refusal = open.refuses?.(from);
    if (refusal !== undefined) {
      failure ??= new BuildcacheError('not-found', `${open.name} may not serve it, ${refusal}`);
      continue;
    }
    for (const reader of open.readers) {
      try {
        const verified = await readVerifiedEntry(reader, from, open.trust, signal);
        if (verified === undefined) continue;
        if (provenance) requireProvenance(provenance, verified.entry, from, verified.signedBy !== undefined);
        return undefined;
      } catch (error) {
        throwIfCancelled(signal);
        failure ??= error;
      }
    }
  }
  return failureOf(spec, failure ?? inNoMirror(spec));
}

async function addSpec(
  spec: SpecNode,
  add: (files: string, prefix: string) => Promise<void>,
  { store, order, cache, provenance, folder, tools, watch, signal, onNote, onPacked }: LayerWork,
): Promise<void> {
  const from = entrySpec(store.graph, spec);
  const prefix = store.prefixOf(spec.hash);
  const files = join(folder, `${spec.hash}-${randomUUID().slice(0, 8)}`);
  try {
    const mirrors = order(from).map(({ open }) => open);
    const found = await obtain(from, { mirrors, cache, provenance, watch, signal }, (tarball) =>
      stagePackage({ ...store, node: spec, tarball, folder: files, tools, signal }),
    );
    if (found === undefined) throw inNoMirror(spec);
    for (const note of [...found.notes, ...found.value]) onNote(`${nameOf(spec)}: ${note}`);
    await add(files, prefix);
    const folders = store.inspected.filter((below) => isStagedFolder(files, below, prefix));
    onPacked({ spec, folders, sha256: found.verified.entry.tarball.sha256 });
  } finally {
    await removeTree(files);
  }
}

function failureOf(spec: SpecNode, error: unknown): ImageFailure {
  return { spec, code: errorCode(error), reason: describeError(error) };
}
