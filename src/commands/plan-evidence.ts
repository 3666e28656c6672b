/**
 * Gathers how long specs take to build: from builds of the same packages in the install tree and in the mirrors, and from
 * a history. Only the quality of the plan depends on this guess, so whatever cannot be read is passed over.
 */

import path from 'node:path';
import pLimit from 'p-limit';
import type { Descriptor, EntryReader } from '../cache/entries.ts';
import { documentUrl } from '../cache/fetch-document.ts';
import { askIndex, type IndexSettings } from '../cache/index/listing.ts';
import { indexSpecs } from '../cache/index/specs.ts';
import { describeError } from '../core/errors.ts';
import { addTo } from '../core/multimap.ts';
import { readBoundedText } from '../core/read-file.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Connection, openMirror } from '../mirrors/open.ts';
import { findEarlyFile } from '../package/early-file.ts';
import type { CostEvidence, Evidence } from '../plan/build-plan/costs.ts';
import type { BuildUnit } from '../plan/build-plan/dag.ts';
import { type BuildTime, INSTALL_TIMES, totalSeconds } from '../plan/build-plan/install-times.ts';
import { mostBuilds, nearestOf } from '../plan/build-plan/nearest.ts';
import type { Reporter } from '../report/reporter.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';

export interface EvidenceOptions {
  readonly mirrors: readonly Mirror[];
  /** The nodes of the environment. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  readonly connection: Connection;
  readonly index: IndexSettings;
  /** Undefined where there is none. */
  readonly tree: InstallTree | undefined;
  readonly history: readonly BuildTime[];
  readonly signal: AbortSignal;
}

/** @returns the evidence, by the hash of a unit's entry */
export async function gatherEvidence(
  units: readonly BuildUnit[],
  options: EvidenceOptions,
  reporter: Reporter,
): Promise<ReadonlyMap<string, CostEvidence>> {
  const installed = await fromTree(units, options.tree);
  const wanting = units.filter(({ entry }) => !installed.has(entry.hash));
  const cached = await Promise.all(
    options.mirrors.map((mirror) => fromMirror(mirror, wanting, options, reporter)),
  );
  const past = nearestOf(options.history, most(units), () => undefined);
  const evidence = new Map<string, CostEvidence>();
  for (const { entry } of units) {
    const { hash } = entry;
    const earlier = past(entry);
    const found = cached.flatMap((each) => each.get(hash) ?? []);
    evidence.set(hash, {
      buildTime: installed.get(hash) ?? found.find(({ buildTime }) => buildTime !== undefined)?.buildTime,
      history: earlier && { value: earlier.seconds, from: label(earlier) },
      tarball: found.find(({ tarball }) => tarball !== undefined)?.tarball,
    });
  }
  return evidence;
}

function most(units: readonly BuildUnit[]): number {
  return mostBuilds(units.map(({ entry }) => entry));
}

async function fromTree(
  units: readonly BuildUnit[],
  tree: InstallTree | undefined,
): Promise<Map<string, Evidence>> {
  const found = new Map<string, Evidence>();
  if (tree === undefined) return found;
  const records = [...tree.nodes.values()].filter(({ hash }) => tree.recordOf(hash)?.installed === true);
  const nearestTo = nearestOf(records, most(units), (node) => node);
  for (const { entry } of units) {
    const nearest = nearestTo(entry);
    const seconds = nearest && (await installedSeconds(tree, nearest.hash));
    if (nearest !== undefined && seconds !== undefined)
      found.set(entry.hash, { value: seconds, from: label(nearest) });
  }
  return found;
}

/** Bytes. */
const MAX_INSTALL_TIMES = 16 * 1024 * 1024;

/** @returns how many seconds an installed spec took to build, if Spack has noted it */
export async function installedSeconds(tree: InstallTree, hash: string): Promise<number | undefined> {
  const prefix = tree.prefixOf(hash);
  if (prefix === undefined) return undefined;
  const text = await readBoundedText(path.join(tree.filesOf(prefix), INSTALL_TIMES), MAX_INSTALL_TIMES).catch(
    () => undefined,
  );
  return text === undefined ? undefined : totalSeconds(text);
}

async function fromMirror(
  mirror: Mirror,
  units: readonly BuildUnit[],
  options: EvidenceOptions,
  reporter: Reporter,
): Promise<Map<string, CostEvidence>> {
  const found = new Map<string, CostEvidence>();
  const limit = pLimit(options.connection.jobs);
  try {
    const { readers, close } = await openMirror(mirror, { nodes: options.nodes }, options.connection);
    try {
      for (const reader of readers) {
        const nearest = await nearestIn(reader, units, options);
        const ofBuild = new Map<string, Promise<CostEvidence>>();
        const look = async (entry: string, build: SpecNode) => {
          const known = ofBuild.get(build.hash) ?? limit(() => readBuild(reader, build, options.signal));
          ofBuild.set(build.hash, known);
          const evidence = await known;
          if (!found.has(entry)) found.set(entry, evidence);
        };
        await Promise.all([...nearest].map(([entry, build]) => look(entry, build)));
      }
    } finally {
      await close();
    }
  } catch (error) {
    options.signal.throwIfAborted();
    reporter.debug(`${mirror.name}: how long builds took could not be told: ${describeError(error)}`);
  }
  return found;
}

/** By the hash of a unit's entry, the build in the index that is most similar to it. */
async function nearestIn(
  reader: EntryReader,
  units: readonly BuildUnit[],
  { index: settings, signal }: EvidenceOptions,
): Promise<Map<string, SpecNode>> {
  const url = documentUrl(reader.storage, 'index');
  const compared = most(units);
  const found = await askIndex(reader, { ...settings, signal }, async (index) => {
    const source = indexSpecs(index, url, () => undefined);
    const nearest = new Map<string, SpecNode>();
    for (const [name, ofName] of byName(units.map(({ entry }) => entry))) {
      const builds: SpecNode[] = [];
      for await (const node of source.candidates({ name, hash: undefined })) {
        if (builds.push(node) === compared) break;
      }
      const nearestTo = nearestOf(builds, compared, (node) => node);
      for (const entry of ofName) {
        const build = nearestTo(entry);
        if (build !== undefined) nearest.set(entry.hash, build);
      }
    }
    return nearest;
  });
  return found?.answer ?? new Map();
}

/** Bytes from the beginning of a tarball: the first number mostly holds the times, the second nearly always. */
const BEGINNINGS = [64 * 1024, 1024 * 1024];

async function readBuild(reader: EntryReader, build: SpecNode, signal: AbortSignal): Promise<CostEvidence> {
  const stored = await orNothing(() => reader.read(build, signal), signal);
  if (stored === undefined) return {};
  const from = label(build);
  const { size } = stored.tarball;
  // The entry says the size, also where the tarball itself cannot be read.
  const seconds = await orNothing(() => packedSeconds(reader, stored.tarball, signal), signal);
  return {
    buildTime: seconds === undefined ? undefined : { value: seconds, from },
    tarball: size === undefined ? undefined : { value: size, from },
  };
}

async function orNothing<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

async function packedSeconds(
  reader: EntryReader,
  { key, size }: Descriptor,
  signal: AbortSignal,
): Promise<number | undefined> {
  for (const length of BEGINNINGS) {
    const text = await findEarlyFile(await beginningOf(reader, key, length, signal), `/${INSTALL_TIMES}`);
    if (text !== undefined) return totalSeconds(text);
    if (size !== undefined && size <= length) break;
  }
  return undefined;
}

async function beginningOf(
  reader: EntryReader,
  key: string,
  length: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const object = await reader.storage.get(key, { signal, range: { start: 0, end: length - 1 } });
  if (object === undefined || object === 'not-modified') return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let have = 0;
  // A server that does not support ranges sends the whole tarball.
  for await (const chunk of object.body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    have += chunk.length;
    if (have >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

function byName<T extends { readonly name: string }>(items: Iterable<T>): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    addTo(found, item.name, item);
  }
  return found;
}

function label({ name, version, hash }: { name: string; version: string; hash: string }): string {
  return `${name}@${version}/${hash.slice(0, 7)}`;
}
