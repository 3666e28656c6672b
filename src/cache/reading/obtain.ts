/** A spec's tarball from the first mirror that has it whole and trusted; the next one is asked when one fails. */
import type { Readable } from 'node:stream';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import { isTransient } from '../../core/retry.ts';
import { type WatchTransfer, watching } from '../../core/transfer.ts';
import { EntryRefused, type SpecFileCheck } from '../../spec/asked-spec-file.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryReader } from '../entries.ts';
import { type ProvenancePolicy, requireProvenance } from '../trust/provenance-policy.ts';
import type { Trust } from '../trust/trust.ts';
import type { Delivery, DownloadCache, WholeUse } from './download-cache.ts';
import {
  checkSpecFile,
  readSignedEntry,
  requireSpecFile,
  type SignedEntry,
  type VerifiedEntry,
  withSpecFile,
} from './verified-entry.ts';

/** A mirror, and whose signatures count on it. */
export interface TrustedMirror {
  readonly name: string;
  /** Newest layout first. */
  readonly readers: readonly EntryReader[];
  /** Undefined: no signature is asked for. */
  readonly trust: Trust | undefined;
  /** Why the mirror may not serve a spec, whether it has it or not; undefined where it may. */
  readonly refuses?: ((spec: SpecNode) => string | undefined) | undefined;
}

export interface ObtainOptions {
  /** In the order in which they are asked. */
  readonly mirrors: readonly TrustedMirror[];
  readonly cache: DownloadCache;
  /** The tarball must be this one. */
  readonly sha256?: string | undefined;
  /** Where it must have been built. */
  readonly provenance?: ProvenancePolicy | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Follows a tarball that comes from a mirror. */
  readonly watch?: WatchTransfer | undefined;
}

/** How a small tarball is used: whole, with the spec file still to be looked into, so that a thread can do both. */
export interface SmallUse<T> {
  /** Bytes; larger tarballs are handed on as they arrive. */
  readonly upTo: number;
  /**
   * As `use` of {@link obtain}.
   * @param check what to do before anything is made of the tarball; undefined: it was done
   * @throws EntryRefused where `readAskedSpecFile` has thrown: the next mirror is asked
   */
  readonly use: (tarball: Buffer, check: SpecFileCheck | undefined) => Promise<T>;
}

export interface Obtained<T> {
  readonly value: T;
  readonly mirror: string;
  readonly verified: Pick<VerifiedEntry, 'entry' | 'signedBy'>;
  /** Why mirrors before this one were passed over, one sentence each; not for those that simply lack it. */
  readonly notes: readonly string[];
}

/**
 * @param use as `DownloadCache.deliver`. What it throws ends the search, unless it says that the tarball is bad
 *   (`corrupt`, `bad-input`, `too-large`)
 * @param small used instead of `use` for small tarballs
 * @returns undefined when no mirror has it
 * @throws BuildcacheError `not-found` where a mirror may not serve it and no other has it. Where no mirror could
 *   deliver it and not all simply lack it: the only reason, or all reasons under the first one's code. `cancelled`;
 *   what `use` throws of itself
 */
export async function obtain<T>(
  spec: SpecNode,
  options: ObtainOptions,
  use: (tarball: Readable, verified: VerifiedEntry) => Promise<T>,
  small?: SmallUse<T>,
): Promise<Obtained<T> | undefined> {
  const failures: { readonly mirror: string; readonly error: unknown }[] = [];
  const refusals: string[] = [];
  const notes = () => failures.map(({ mirror, error }) => `${mirror}: ${describeError(error)}`);
  for (const mirror of options.mirrors) {
    const refusal = mirror.refuses?.(spec);
    if (refusal !== undefined) {
      refusals.push(`${mirror.name} may not serve it, ${refusal}`);
      continue;
    }
    // Each layout is a place of its own: an entry that cannot be used in one says nothing of the other.
    for (const reader of mirror.readers) {
      const found = await fromReader(spec, reader, mirror, options, use, small);
      if (found === undefined) continue;
      if (found.kind === 'used') {
        return { value: found.value, mirror: mirror.name, verified: found.verified, notes: notes() };
      }
      failures.push({ mirror: mirror.name, error: found.error });
      // The layouts share a server: when it is down for one, the other's time-outs would only add to the wait.
      if (isTransient(found.error)) break;
    }
  }
  const [first] = failures;
  if (first === undefined && refusals.length > 0) {
    const others = refusals.length < options.mirrors.length ? '; no other mirror has it' : '';
    throw new BuildcacheError(
      'not-found',
      `${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}: ${refusals.join('; ')}${others}`,
      {
        hint:
          'build it with Spack, or name a mirror that may serve it: `buildcache mirror list --json` shows ' +
          'include_binary and exclude_binary',
      },
    );
  }
  if (first === undefined) return undefined;
  if (failures.length === 1) throw first.error;
  throw new BuildcacheError(
    errorCode(first.error),
    `no mirror could deliver ${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}: ${notes().join('; ')}`,
    {},
    first.error,
  );
}

type Found<T> =
  | { readonly kind: 'used'; readonly value: T; readonly verified: Obtained<T>['verified'] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** @returns undefined when it is not there */
async function fromReader<T>(
  spec: SpecNode,
  reader: EntryReader,
  mirror: TrustedMirror,
  { cache, sha256: pinned, provenance, signal, watch }: ObtainOptions,
  use: (tarball: Readable, verified: VerifiedEntry) => Promise<T>,
  small: SmallUse<T> | undefined,
): Promise<Found<T> | undefined> {
  let signed: SignedEntry | undefined;
  const failed = (error: unknown): Found<T> => {
    throwIfCancelled(signal);
    return { kind: 'failed', error };
  };
  try {
    signed = await readSignedEntry(reader, spec, mirror.trust, signal);
  } catch (error) {
    return failed(error);
  }
  if (signed === undefined) return undefined;
  const { entry, signedBy } = signed;
  const { key, sha256, size } = entry.tarball;
  if (sha256 === undefined) throw new BuildcacheError('internal', 'a tarball without a digest');
  const asked: Asked = { reader, signed, spec, provenance, signal };
  const requirePinned = () => {
    if (pinned !== undefined && pinned !== sha256)
      throw new EntryRefused(notPinned(entry.url, pinned, sha256));
  };
  const deliver = (stream: (tarball: Readable) => Promise<T>, whole?: WholeUse<T>) =>
    watching(watch, `fetching ${spec.name}`, size, (onBytes) =>
      cache.deliver({ storage: reader.storage, key, sha256, size, signal, onBytes }, stream, whole),
    );
  try {
    let delivery: Delivery<T>;
    if (small === undefined || (size ?? Number.POSITIVE_INFINITY) > small.upTo) {
      const verified = await refusing(lookInto(asked));
      requirePinned();
      delivery = await deliver((tarball) => use(tarball, verified));
    } else {
      // It comes at the same time as the spec file: most of what either takes is the way to the server and back. Nothing
      // is made of it before the spec file is known to be right.
      const check = refusing(lookSoon(asked));
      check.catch(() => undefined); // whoever waits for it hears of it
      if (pinned !== undefined) await check;
      requirePinned();
      const { upTo } = small;
      delivery = await deliver(notWhole, { upTo, use: async (bytes) => small.use(bytes, await check) });
      await check;
    }
    return delivery.kind === 'used' ? { ...delivery, verified: { entry, signedBy } } : failed(delivery.error);
  } catch (error) {
    if (error instanceof EntryRefused) return failed(error.why);
    throw error;
  }
}

interface Asked extends Pick<ObtainOptions, 'provenance' | 'signal'> {
  readonly reader: EntryReader;
  readonly signed: SignedEntry;
  readonly spec: SpecNode;
}

/** Fetches the spec file and asks all that is asked of it. */
async function lookInto({ reader, signed, spec, provenance, signal }: Asked): Promise<VerifiedEntry> {
  const verified = checkSpecFile(reader, await withSpecFile(reader, signed, signal), spec);
  requireGood(signed, spec, provenance);
  return verified;
}

/** The same, as far as it needs the mirror. @returns what else there is to do, if there is something */
async function lookSoon({
  reader,
  signed,
  spec,
  provenance,
  signal,
}: Asked): Promise<SpecFileCheck | undefined> {
  const withFile = await withSpecFile(reader, signed, signal);
  // Whose provenance is looked at has to be known first: else another spec's entry is refused for a provenance that is
  // its own.
  if (reader.requireTarball !== undefined || provenance !== undefined) {
    requireSpecFile(reader, withFile, spec);
    requireGood(signed, spec, provenance);
    return undefined;
  }
  const { name, version, hash } = spec;
  const { entry, signedBy, specFile } = withFile;
  return {
    bytes: specFile,
    url: entry.url,
    asked: { name, version, hash },
    signed: signedBy !== undefined,
  };
}

function requireGood(
  { entry, signedBy }: SignedEntry,
  spec: SpecNode,
  provenance: ProvenancePolicy | undefined,
): void {
  if (provenance !== undefined) requireProvenance(provenance, entry, spec, signedBy !== undefined);
}

/** Its failure is the entry's: another one may be asked for. */
async function refusing<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    throw new EntryRefused(error);
  }
}

function notPinned(url: string, expected: string, found: string): BuildcacheError {
  return new BuildcacheError('untrusted', 'its tarball is not the one that was pinned', {
    url,
    expected,
    found,
  });
}

function notWhole(): never {
  throw new BuildcacheError('internal', 'a small tarball that is handed on in pieces');
}
