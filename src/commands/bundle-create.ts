/**
 * `bundle create`: writes entries of a mirror into a bundle. First it reads and verifies the entries, as a sync does, into
 * a draft that says where each blob is. Then it decides what goes into each volume. Only then it copies bytes. If the bundle
 * would be incomplete, nothing is written, unless the user allows that.
 */
import { dirname } from 'node:path';
import { arrange, type PlannedVolume, splitVolumes } from '../cache/bundle/arrange.ts';
import type { External } from '../cache/bundle/documents.ts';
import type { Draft } from '../cache/bundle/draft.ts';
import { volumeName } from '../cache/bundle/volume-names.ts';
import { isInTheWay, partOf, writeVolume } from '../cache/bundle/write-volume.ts';
import { fetchKeys } from '../cache/reading/keys.ts';
import { BuildcacheError, describeError, fileError } from '../core/errors.ts';
import { makeFolder } from '../core/make-folder.ts';
import { type BundleVolume, type CreatedBundle, createdExitCode } from '../plan/bundle-result.ts';
import type { MirrorSync } from '../plan/sync-result.ts';
import type { Reporter } from '../report/reporter.ts';
import type { SpecNode } from '../spec/node.ts';
import { startThreads } from '../storage/file-copier.ts';
import { type SyncOptions, type SyncTask, sync } from './sync.ts';
import type { SyncWork } from './sync-mirrors.ts';

export interface CreateBundleOptions extends Pick<SyncOptions, 'jobs' | 'index' | 'signal' | 'onOutcome'> {
  /** What to read. Its only target writes to the draft. */
  readonly work: SyncWork;
  readonly draft: Draft;
  /** The file. The names of several volumes are made from its name. */
  readonly output: string;
  /** Bytes; undefined: one volume. */
  readonly volumeSize: number | undefined;
  /** Hashes of the specs that the other side has. */
  readonly except: ReadonlySet<string>;
  /** Specs that cannot be read are left out. */
  readonly allowMissing: boolean;
  /** Read everything, and write nothing. */
  readonly dryRun: boolean;
}

/**
 * @throws BuildcacheError `usage` where a spec does not fit into a volume, `conflict` for an existing file that is not ours;
 *   else as the storages do. After an error the next run goes on with what was written.
 */
export async function createBundle(options: CreateBundleOptions, reporter: Reporter): Promise<CreatedBundle> {
  const { draft, except, allowMissing, dryRun } = options;
  const { task, leftOut } = withoutExcept(options.work, except);
  if (!dryRun) startThreads();
  const read = await readSpecs(task, options, reporter);
  const isIn = new Set(read.specs.flatMap(({ hash, outcome }) => (outcome.kind === 'copied' ? [hash] : [])));
  const externals = neededExternals(task.nodes, isIn);
  const created = { leftOut, read, externals, volumes: [], keys: [], allowMissing, dryRun };
  if (isIn.size === 0 || createdExitCode(created) !== 0) return created;
  const keys = await carryKeys(task, options, reporter);
  const planned = splitVolumes(await arrange(draft), externals, options.volumeSize);
  const files = planned.map((_, i) => volumeName(options.output, i + 1, planned.length));
  const volumes = dryRun
    ? planned.map((volume, i): BundleVolume => ({ ...about(volume, files[i] ?? ''), outcome: 'would-write' }))
    : await writeVolumes(planned, files, options, reporter);
  return { ...created, keys, volumes };
}

function withoutExcept(
  { tasks, refused }: SyncWork,
  except: ReadonlySet<string>,
): { readonly task: SyncTask; readonly leftOut: number } {
  const [task] = tasks;
  if (task === undefined || tasks.length + refused.length !== 1)
    throw new BuildcacheError('internal', 'a bundle is made of one mirror');
  const jobs = task.jobs.filter(({ wanted }) => !except.has(wanted.hash));
  return { task: { ...task, jobs }, leftOut: task.jobs.length - jobs.length };
}

/** Reads the entries into the draft. Of a blob the draft has only its place. */
async function readSpecs(
  task: SyncTask,
  options: CreateBundleOptions,
  reporter: Reporter,
): Promise<MirrorSync> {
  const work = { tasks: [task], refused: [] };
  const result = await sync(
    { ...options, work, hardLink: false, updateIndex: false, dryRun: false, label: 'Reading' },
    reporter,
  );
  options.signal.throwIfAborted();
  const [read] = result.mirrors;
  if (read === undefined) throw new BuildcacheError('internal', 'a mirror got lost');
  return read;
}

/** Externals that these specs link to or run. No bundle can have them. */
function neededExternals(
  nodes: ReadonlyMap<string, SpecNode>,
  hashes: ReadonlySet<string>,
): readonly External[] {
  const found = new Map<string, External>();
  for (const hash of hashes) {
    for (const { hash: below, deptypes } of nodes.get(hash)?.dependencies ?? []) {
      const node = nodes.get(below);
      const isNeeded = deptypes.includes('link') || deptypes.includes('run');
      if (node?.external === undefined || !isNeeded) continue;
      const { name, version } = node;
      found.set(below, { name, version, hash: below, path: node.external.path, modules: modulesOf(node) });
    }
  }
  const order = ({ name, version, hash }: External) => `${name} ${version} ${hash}`;
  return [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function modulesOf({ dict }: SpecNode): string[] {
  const external = dict['external'];
  const modules =
    typeof external === 'object' && external !== null ? Reflect.get(external, 'module') : undefined;
  return Array.isArray(modules) ? modules.filter((each) => typeof each === 'string') : [];
}

/** Adds the source's public keys to the bundle, so that a user who knows a fingerprint finds the key. */
async function carryKeys(
  { jobs, cache, name }: SyncTask,
  { signal }: CreateBundleOptions,
  reporter: Reporter,
): Promise<string[]> {
  const readers = jobs[0]?.source.readers ?? [];
  const fingerprints: string[] = [];
  try {
    const { keys, problems } = await fetchKeys(readers, signal);
    for (const problem of problems) reporter.warn(`${name}: ${problem}`);
    for (const { fingerprint, key } of keys) {
      await cache.publishKey(fingerprint, key.armor(), signal);
      fingerprints.push(fingerprint);
    }
  } catch (error) {
    signal.throwIfAborted();
    reporter.warn(`the mirror's public keys are not in the bundle: ${describeError(error)}`);
  }
  return fingerprints.sort();
}

async function writeVolumes(
  planned: readonly PlannedVolume[],
  files: readonly string[],
  { draft, output, jobs, signal }: CreateBundleOptions,
  reporter: Reporter,
): Promise<BundleVolume[]> {
  for (const file of [...files, ...files.map(partOf)]) {
    if (!(await isInTheWay(file))) continue;
    throw new BuildcacheError('conflict', 'there is a file of that name that is no bundle', {
      file,
      hint: 'name another file with --output, or remove it',
    });
  }
  const folder = dirname(output);
  await makeFolder(folder).catch((error: unknown) => {
    throw fileError(error, folder, 'make the folder');
  });
  const progress = reporter.progress(
    'Writing',
    planned.reduce((sum, volume) => sum + volume.files.length, 0),
  );
  const settings = { jobs, watch: progress.watch, onFile: () => progress.advance(1), signal };
  let before = Promise.resolve();
  try {
    const written: BundleVolume[] = [];
    for (const [i, volume] of planned.entries()) {
      const file = files[i] ?? '';
      const { outcome, named } = await writeVolume(file, volume, draft, settings);
      named.catch(() => undefined); // it is waited for below
      // No more than two are on their way to the disk.
      const earlier = before;
      before = named;
      await earlier;
      written.push({ ...about(volume, file), outcome });
    }
    await before;
    return written;
  } finally {
    await before.catch(() => undefined);
    progress.done();
  }
}

function about({ size, specs }: PlannedVolume, file: string): Omit<BundleVolume, 'outcome'> {
  return { file, size, specs };
}
