/** An install tree that grows between two steps: the fixture's, where each spec can be told to be of some kind. */
import { createCipheriv, createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackStore } from '../package/store-fixture.ts';

interface Record_ {
  readonly spec: { readonly name: string; readonly version: string };
  readonly path: string;
  installed: boolean;
}

export type Kind = 'built' | 'unpacked' | 'uninstalled' | 'unlisted';

export interface GrowingTree {
  readonly root: string;
  hashOf(name: string): string;
  /** Adds specs, and the external ones with the first. */
  add(specs: Readonly<Record<string, Kind>>): Promise<void>;
}

/**
 * @param root a folder that need not exist; it is empty, and without a database, until something is added
 * @param bulk bytes in each prefix that cannot be compressed, and are the same each time
 */
export async function growingTree(root: string, bulk = 0): Promise<GrowingTree> {
  const { root: recorded } = unpackStore('1.2', `${root}.all`);
  const file = path.join(`${root}.all`, '.spack-db/index.json');
  const text = (await readFile(file, 'utf8')).replaceAll(`"${recorded}/`, `"${root}/`);
  const all: { database: { installs: Record<string, Record_> } } = JSON.parse(text);
  const installs: Record<string, Record_> = {};
  const entries = Object.entries(all.database.installs);
  const hashOf = (name: string) => entries.find(([, { spec }]) => spec.name === name)?.[0] ?? '';
  return {
    root,
    hashOf,
    async add(specs) {
      await mkdir(path.join(root, '.spack-db'), { recursive: true });
      for (const [hash, record] of entries) {
        const kind = specs[record.spec.name] ?? (record.path.startsWith(root) ? undefined : 'built');
        if (kind === undefined) continue;
        if (kind !== 'unlisted') installs[hash] = { ...record, installed: kind !== 'uninstalled' };
        if (!record.path.startsWith(root)) continue;
        const from = path.join(`${root}.all`, path.relative(root, record.path));
        await mkdir(path.dirname(record.path), { recursive: true });
        await copy(from, record.path);
        if (bulk > 0) await writeFile(path.join(record.path, 'bin/bulk'), noise(hash, bulk));
        if (kind === 'unpacked') await writeFile(path.join(record.path, '.spack/binary_distribution'), '{}');
      }
      const database = { database: { ...all.database, installs } };
      await writeFile(path.join(root, '.spack-db/index.json'), JSON.stringify(database));
    },
  };
}

function noise(seed: string, bytes: number): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

/** Small stand-ins: what is packed is tested elsewhere. */
async function copy(from: string, to: string): Promise<void> {
  await access(from);
  await rm(to, { recursive: true, force: true });
  await mkdir(path.join(to, '.spack'), { recursive: true });
  await mkdir(path.join(to, 'bin'));
  await writeFile(path.join(to, 'bin/tool'), `#!/bin/sh\necho ${path.basename(to)}\n`, { mode: 0o755 });
  const spec = path.join('.spack', 'spec.json');
  await writeFile(path.join(to, spec), await readFile(path.join(from, spec)));
}
