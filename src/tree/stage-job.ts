/**
 * Puts a package together beside its prefix: all that takes time, and nothing that needs a lock. What there is to do is
 * said as data, so that a thread can do it (`stage-thread.ts`).
 */
import type { Readable } from 'node:stream';
import type { TarballLimits } from '../package/inflate-tarball.ts';
import type { BinaryFormat } from '../package/relocate.ts';
import { type RelocationTarget, relocationMap } from '../package/relocate-map.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import { type Filled, fillStaging } from '../package/unpack.ts';
import type { Staging } from '../package/unpack-staging.ts';
import { checkAskedSpecFile, EntryRefused, type SpecFileCheck } from '../spec/asked-spec-file.ts';
import { specFileRoots } from '../spec/spec-file-roots.ts';
import { adoptSpecFile } from './metadata.ts';
import { applyMode, type PrefixMode } from './permissions.ts';
import { useSbang } from './sbang.ts';

/** All of it can be sent to a thread. */
export interface StageJob {
  readonly staging: Pick<Staging, 'prefix' | 'tree' | 'scratch'>;
  readonly spec: { readonly name: string; readonly hash: string; readonly packed: string };
  readonly format: BinaryFormat;
  readonly target: RelocationTarget;
  readonly mode: PrefixMode | undefined;
  readonly limits: Partial<TarballLimits> | undefined;
  readonly tools: RelocationTools | undefined;
  /** What is to be looked into before anything is written. */
  readonly check: SpecFileCheck | undefined;
}

/** `from` has to be moved to the prefix. */
export type Staged = Omit<Filled, 'info'>;

/**
 * @param document makes the spec file of the spec, where the tarball has none or another one
 * @throws BuildcacheError as `unpackPackage`; `corrupt` where the tarball holds another spec's metadata. EntryRefused
 *   with what is wrong with the spec file of the entry
 */
export async function runStageJob(
  job: StageJob,
  tarball: Readable | Buffer,
  document: () => string | Promise<string>,
  signal?: AbortSignal,
): Promise<Staged> {
  const { staging, spec, format, target, mode, limits, tools, check } = job;
  if (check !== undefined) admit(check);
  const { info: _, ...staged } = await fillStaging(staging, {
    tarball,
    hash: spec.packed,
    format,
    relocation: (info) => relocationMap(info, target),
    onText: (file) => useSbang(file, target.sbangPath),
    async finish(directory, specFile) {
      await adoptSpecFile(directory, specFile, spec, document, ROOTS);
      if (mode !== undefined) await applyMode(directory, mode);
    },
    ...(limits && { limits }),
    ...(tools && { tools }),
    ...(signal && { signal }),
  });
  return staged;
}

/** Of this thread: the spec files of an environment have most of their nodes in common. */
const ROOTS = specFileRoots();

function admit(check: SpecFileCheck): void {
  try {
    checkAskedSpecFile(check, ROOTS);
  } catch (error) {
    throw new EntryRefused(error);
  }
}
