/** `download`: downloads a spec's tarball and spec file into a folder, verified. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { entryName } from '../cache/layouts/layout3.ts';
import { type ObtainOptions, obtain } from '../cache/reading/obtain.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { fileSink } from '../core/file-sink.ts';
import { clearLeftovers, inTemporary, keepFresh, makeTemporary, removeTemporary } from '../core/leftovers.ts';
import { makeFolder } from '../core/make-folder.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { SpecNode } from '../spec/node.ts';

export interface Downloaded {
  readonly tarball: string;
  readonly specFile: string;
  readonly sha256: string;
  readonly mirror: string;
  /** Fingerprint of the key that signed it; undefined where no signature was asked for. */
  readonly signedBy: string | undefined;
  /** Why other mirrors were passed over. */
  readonly notes: readonly string[];
}

/**
 * Writes `<name>-<version>-<hash>.spack` and `….spec.json`. Existing files are replaced only once both are complete.
 * @throws BuildcacheError `not-found` when no mirror has the spec; else as `obtain`
 */
export async function download(spec: SpecNode, folder: string, options: ObtainOptions): Promise<Downloaded> {
  const name = entryName(spec);
  const tarball = join(folder, `${name}.spack`);
  const specFile = join(folder, `${name}.spec.json`);
  const found = await inStaging(folder, (staging) =>
    obtain(spec, options, async (bytes, verified) => {
      const partial = join(staging, 'tarball');
      await writeTarball(bytes, partial);
      await writeWholeFile(specFile, verified.documentText);
      await rename(partial, tarball);
      return verified.entry.tarball.sha256 ?? '';
    }),
  );
  if (found !== undefined) {
    const { value: sha256, mirror, verified, notes } = found;
    return { tarball, specFile, sha256, mirror, signedBy: verified.signedBy, notes };
  }
  throw new BuildcacheError(
    'not-found',
    `no mirror has ${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}`,
    {
      found: `asked: ${options.mirrors.map((mirror) => mirror.name).join(', ')}`,
      hint: '`buildcache list --allarch` says what they have',
    },
  );
}

/** Makes the temporary folder within the target folder, so that a complete file only has to be renamed. */
async function inStaging<T>(folder: string, use: (staging: string) => Promise<T>): Promise<T> {
  let staging: string;
  try {
    await makeFolder(folder);
    await clearLeftovers(folder, (name) => /^\.download-[A-Za-z0-9]{6}$/.test(name));
    staging = await makeTemporary(join(folder, '.download-'));
  } catch (error) {
    throw fileError(error, folder, 'download into it');
  }
  const end = keepFresh(staging);
  try {
    return await inTemporary(staging, use);
  } catch (error) {
    throw systemCode(error) === undefined ? error : fileError(error, folder, 'download into it');
  } finally {
    end();
    await removeTemporary(staging);
  }
}

async function writeTarball(bytes: Readable, file: string): Promise<void> {
  try {
    await pipeline(bytes, fileSink(file));
  } catch (error) {
    throw fileError(error, file, 'write the tarball');
  }
}
