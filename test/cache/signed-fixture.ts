/** The signed mirrors of both Spacks, who signed them, and what of an entry an installation depends on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntryReader } from '../../src/cache/entries.ts';
import { layout2Keys, openLayout2 } from '../../src/cache/layouts/layout2.ts';
import { openLayout3, specManifestKey } from '../../src/cache/layouts/layout3.ts';
import { readVerifiedEntry, type VerifiedEntry } from '../../src/cache/reading/verified-entry.ts';
import { openTrust, type Trust } from '../../src/cache/trust/trust.ts';
import { BuildcacheError } from '../../src/core/errors.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { built, FIXTURES, fixtureGraph, type SpackVersion } from './mirror-fixture.ts';

export const TOY = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';

export const graphs = { '1.2': fixtureGraph('1.2'), '0.23': fixtureGraph('0.23') };

export function toyTrust(): Promise<Trust> {
  const source = join(FIXTURES, 'toy-ci.pub.asc');
  return openTrust({ keys: [{ text: readFileSync(source), source }], fingerprints: [] });
}

/** The fixture's one layout at a folder. */
export function readerAt(version: SpackVersion, folder: string): EntryReader {
  const storage = openFileStorage(folder);
  return version === '1.2' ? openLayout3(storage, undefined) : openLayout2(storage, graphs[version]);
}

export function specOf(version: SpackVersion, name: string): SpecNode {
  const spec = built(graphs[version]).find((node) => node.name === name);
  if (spec === undefined) throw new Error(`no ${name}`);
  return spec;
}

/** Where the document that is signed lies. */
export function signedKey(version: SpackVersion, spec: SpecNode): string {
  return version === '1.2' ? specManifestKey(spec) : `${layout2Keys(spec, graphs[version].nodes).spec}.sig`;
}

export function mirrorOf(version: SpackVersion, kind: 'signed' | 'unsigned'): string {
  return join(FIXTURES, `spack-${version}`, `mirror-${kind}`);
}

/** What an installation depends on. */
export function essence(found: VerifiedEntry | undefined): string {
  return JSON.stringify([found?.entry.tarball, [...(found?.document.nodes.keys() ?? [])], found?.signedBy]);
}

/** Whether an entry is still what it was or is refused in so many words; anything else throws. */
export async function outcome(
  reader: EntryReader,
  spec: SpecNode,
  trust: Trust,
  before: string,
): Promise<'refused' | 'same'> {
  let after: string;
  try {
    after = essence(await readVerifiedEntry(reader, spec, trust));
  } catch (error) {
    if (!(error instanceof BuildcacheError) || error.code === 'internal') throw error;
    return 'refused';
  }
  if (after !== before) throw new Error(`another entry was taken: ${after}`);
  return 'same';
}
