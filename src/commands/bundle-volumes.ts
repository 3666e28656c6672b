/** The volumes of bundles, opened by their files: their contents, whether they are complete, and how to import them. */
import { access } from 'node:fs/promises';
import pLimit from 'p-limit';
import { type Bundle, bundleStorage, openBundle } from '../cache/bundle/bundle.ts';
import type { External } from '../cache/bundle/documents.ts';
import { openVolume } from '../cache/bundle/open-volume.ts';
import { verifyVolume } from '../cache/bundle/verify-volume.ts';
import { siblingNames } from '../cache/bundle/volume-names.ts';
import type { EntryName } from '../cache/entries.ts';
import { openLayout3 } from '../cache/layouts/layout3.ts';
import { nameInPlace } from '../cache/reading/entry-url.ts';
import { admitPinnedKeys, fetchKeys } from '../cache/reading/keys.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { VerifiedVolume } from '../plan/bundle-result.ts';
import type { Reporter } from '../report/reporter.ts';
import type { StorageLister } from '../storage/storage.ts';
import type { SyncJob } from './sync.ts';
import { type SyncContext, type SyncWork, withMirrors } from './sync-mirrors.ts';

/**
 * Opens a bundle by some of its volumes. Those that are missing are looked for beside them.
 * @throws BuildcacheError as `openBundle`
 */
export async function findBundle(files: readonly string[]): Promise<Bundle> {
  const named = await openBundle([...new Set(files)]);
  if (named.missing.length === 0) return named;
  const beside = new Set(files.flatMap(siblingNames));
  for (const file of files) beside.delete(file);
  const found: string[] = [];
  for (const file of beside) if (await isThere(file)) found.push(file);
  return await openBundle([...named.volumes, ...found]);
}

/** @throws BuildcacheError `not-found`, naming the volumes that are missing */
export function requireWhole({ missing, volumes, manifest }: Bundle): void {
  if (missing.length === 0) return;
  const of = manifest.volumes.length;
  const names = siblingNames(volumes[0]?.file ?? '');
  const shown = missing.slice(0, SHOWN).map((number) => {
    const name = names.length === of ? names[number - 1] : undefined;
    return name === undefined ? String(number) : `${number} (${name})`;
  });
  const more = missing.length > SHOWN ? `, and ${missing.length - SHOWN} more` : '';
  throw new BuildcacheError('not-found', `the bundle has ${of} volumes, and not all of them are here`, {
    file: volumes[0]?.file ?? '',
    expected: `volume ${shown.join(', ')}${more}`,
    found: `volume ${volumes.map(({ index }) => index + 1).join(', ')}`,
    hint: 'bring what is missing to the same folder, or name all volumes',
  });
}

const SHOWN = 5;

/** The specs in the volumes that are present, by name. */
export function bundledSpecs({ volumes }: Bundle): EntryName[] {
  const names: EntryName[] = [];
  for (const { path } of volumes.flatMap(({ files }) => files)) {
    const hash = /-([a-z2-7]{32})\.spec\.manifest\.json$/.exec(path)?.[1];
    const name = hash && nameInPlace({ layout: 'v3', key: path, hash });
    if (name) names.push(name);
  }
  return names;
}

/** Verifies each volume, also after another one has failed. @throws only when cancelled */
export async function verifyVolumes(
  files: readonly string[],
  reporter: Reporter,
  signal: AbortSignal,
): Promise<VerifiedVolume[]> {
  const found: VerifiedVolume[] = [];
  for (const file of files) {
    let about: VerifiedVolume['volume'];
    try {
      const volume = await openVolume(file);
      const { id, index, manifest } = volume;
      const specs = manifest.volumes[index]?.specs ?? 0;
      about = { bundle: id, number: index + 1, of: manifest.volumes.length, specs };
      const progress = reporter.progress(`Verifying ${file}`, volume.files.length);
      try {
        await verifyVolume(volume, { onFile: () => progress.advance(1), signal });
      } finally {
        progress.done();
      }
      found.push({ file, volume: about, problem: undefined, isUnknown: false });
    } catch (error) {
      signal.throwIfAborted();
      const isDamaged = error instanceof BuildcacheError && DAMAGE.has(error.code);
      found.push({ file, volume: about, problem: describeError(error), isUnknown: !isDamaged });
    }
  }
  return found;
}

/** What errors say of a volume that was read, and is not what it should be. */
const DAMAGE: ReadonlySet<string> = new Set(['corrupt', 'bad-input', 'too-large']);

/** Work to copy a complete bundle to a mirror. @throws BuildcacheError as {@link requireWhole} and `openPushMirror` */
export async function bundleWork(bundle: Bundle, to: Mirror, context: SyncContext): Promise<SyncWork> {
  requireWhole(bundle);
  const storage = bundleStorage(bundle);
  try {
    const work = await workFrom(storage, to, context);
    const close = async () => {
      await work.close();
      await storage.close();
    };
    return { ...work, close };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function workFrom(storage: StorageLister, to: Mirror, context: SyncContext): Promise<SyncWork> {
  const { trust, signal } = context;
  const reader = openLayout3(storage, undefined);
  const problems = trust === undefined ? [] : await admitPinnedKeys(trust, [reader], signal);
  const source = { readers: [reader], trust, url: storage.url };
  const jobs: SyncJob[] = [];
  for await (const { key, hash } of reader.list?.(signal) ?? []) {
    const name = nameInPlace({ layout: 'v3', key, hash });
    jobs.push({ source, wanted: { hash, at: { reader, key }, name, node: undefined } });
  }
  const work = await withMirrors(context, async (mirrors) => ({
    tasks: [await mirrors.task(to, jobs, [], new Map())],
    refused: [],
  }));
  return { ...work, notes: [...work.notes, ...problems] };
}

/**
 * Fingerprints of the keys in the bundle. Being in the bundle does not make a key trusted. Best effort: what else is said
 * of a bundle is said also where somebody has put something else in the place of its keys.
 */
export async function travellingKeys(
  bundle: Bundle,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const storage = bundleStorage(bundle);
  try {
    const { keys } = await fetchKeys([openLayout3(storage, undefined)], signal);
    return keys.map(({ fingerprint }) => fingerprint);
  } catch (error) {
    signal.throwIfAborted();
    reporter.warn(`the public keys in the bundle cannot be read: ${describeError(error)}`);
    return [];
  } finally {
    await storage.close();
  }
}

/**
 * Externals whose folder is missing on this machine. Those without a folder are left out, since that is unknown.
 * @param externals attacker-controlled; any number
 */
export async function absentExternals(externals: readonly External[]): Promise<readonly External[]> {
  const limit = pLimit(ASKED_AT_ONCE);
  const isHere = await limit.map(externals, ({ path }) => path === undefined || isThere(path));
  return externals.filter((_, i) => isHere[i] === false);
}

const ASKED_AT_ONCE = 16;

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
