/** A prefix to fill and pack, and ways to look into the archive. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { list, type ReadEntry } from 'tar';
import { parse } from 'yaml';
import { type PackOptions, packPrefix } from '../../src/package/pack.ts';

export interface PrefixFixture {
  /** Everything lies below it, the spool folder too. */
  readonly folder: string;
  readonly spoolDir: string;
  /** Where the prefix is; it is packed as `/s/l/a-1` of the store `/s`. */
  readonly prefix: string;
  /** Writes a file of the prefix, returns its path. */
  put(name: string, contents?: string | Buffer, mode?: number): string;
  options(more?: Partial<PackOptions>): PackOptions;
  remove(): void;
}

export function prefixFixture(): PrefixFixture {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-'));
  const prefix = path.join(folder, 'prefix');
  const spoolDir = path.join(folder, 'spool');
  fs.mkdirSync(prefix);
  fs.mkdirSync(spoolDir);
  // For tests that pack as somebody else.
  fs.chmodSync(folder, 0o755);
  fs.chmodSync(spoolDir, 0o777);
  return {
    folder,
    spoolDir,
    prefix,
    put(name, contents = '', mode = 0o644) {
      const file = path.join(prefix, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, contents);
      fs.chmodSync(file, mode);
      return file;
    },
    options: (more = {}) => ({
      prefix: '/s/l/a-1',
      readFrom: prefix,
      storeRoot: '/s',
      sbangInstallPath: '/s/bin/sbang',
      spackPrefix: '/opt/spack',
      relativePrefix: 'l/a-1',
      hashToPrefix: [['h', '/s/l/a-1']],
      spoolDir,
      ...more,
    }),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** The archive, decompressed. */
export async function tarOf(options: PackOptions): Promise<Buffer> {
  const packed = await packPrefix(options);
  try {
    return gunzipSync(fs.readFileSync(packed.file));
  } finally {
    await packed.dispose();
  }
}

/** Its entries as the `tar` package reads them. */
export async function entriesOf(options: PackOptions) {
  const packed = await packPrefix(options);
  const entries: Entry[] = [];
  list({ file: packed.file, sync: true, onReadEntry: (entry) => entries.push(summary(entry)) });
  await packed.dispose();
  return entries;
}

/** The build info, parsed. */
export async function infoOf(options: PackOptions): Promise<Record<string, unknown>> {
  return parse(splitInfo(await tarOf(options))[1]);
}

/** Everything before the build info's line, and the line. */
export function splitInfo(tar: Buffer): [before: Buffer, info: string] {
  const start = tar.lastIndexOf('{sbang_install_path');
  return [tar.subarray(0, start), tar.toString('utf8', start, tar.indexOf('\n', start))];
}

export type Entry = ReturnType<typeof summary>;

function summary({ path: name, type, mode, size, linkpath, uid, gid, mtime }: ReadEntry) {
  return { path: name, type, mode, size, linkpath, uid, gid, mtime: mtime?.getTime() };
}
