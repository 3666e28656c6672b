/**
 * An environment in which `own` is a spec of `spack develop`: `app` needs it to be built, `tool` is below it, and `other` has
 * nothing to do with it. A mirror's index lists them all.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { edge, lockfile, node } from '../spec/node-fixture.ts';

export const DEV_PATH = '/home/runner/work/app/app/own';

export interface DevelopSite {
  readonly folder: string;
  /** By name. */
  readonly hashes: Readonly<Record<'own' | 'app' | 'tool' | 'other', string>>;
  /** Makes an install tree in `store` in which these were built, or all of them. */
  build(...names: readonly string[]): void;
}

/** @param folder gets `env` and `mirror` @param absent a name that the mirror does not list */
export function developSite(folder: string, devPath: unknown = DEV_PATH, absent?: string): DevelopSite {
  const tool = node('tool');
  const own = node('own', {
    parameters: { build_system: 'cmake', dev_path: devPath, cflags: [] },
    dependencies: [edge(tool)],
  });
  const other = node('other', { dependencies: [edge(tool)] });
  const app = node('app', { dependencies: [edge(other), edge(own, ['build'])] });
  const write = (name: string, content: string | object) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const all = [app, other, own, tool];
  write('env/spack.lock', lockfile(all));
  const record = { ref_count: 0, explicit: false, installation_time: 1.7e9 };
  const listed = all.filter((each) => each['name'] !== absent);
  const installs = listed.map((spec) => [spec.hash, { ...record, spec, in_buildcache: true }]);
  const index = JSON.stringify({ database: { version: '8', installs: Object.fromEntries(installs) } });
  const sha256 = createHash('sha256').update(index).digest('hex');
  write(`mirror/blobs/sha256/${sha256.slice(0, 2)}/${sha256}`, index);
  write('mirror/v3/layout.json', { signing: 'gpg' });
  const blob = { mediaType: 'application/vnd.spack.db.v8+json', compression: 'none' };
  const digest = { contentLength: Buffer.byteLength(index), checksumAlgorithm: 'sha256', checksum: sha256 };
  write('mirror/v3/manifests/index/index.manifest.json', { version: 3, data: [{ ...blob, ...digest }] });
  return {
    folder,
    hashes: { own: own.hash, app: app.hash, tool: tool.hash, other: other.hash },
    build(...names) {
      const below = new Map([
        [app, all],
        [other, [other, tool]],
        [own, [own, tool]],
        [tool, [tool]],
      ]);
      const built = [...below].filter(([{ name }]) => names.length === 0 || names.includes(String(name)));
      const records = built.map(([spec, nodes]) => {
        const prefix = `store/linux/${spec['name']}-1.0-${spec.hash}`;
        write(`${prefix}/.spack/spec.json`, { spec: { _meta: { version: 5 }, nodes } });
        write(`${prefix}/bin/tool`, prefix);
        return [spec.hash, { ...record, spec, path: join(folder, prefix), installed: true }];
      });
      const database = { version: '8', installs: Object.fromEntries(records) };
      write('store/.spack-db/index.json', { database });
    },
  };
}
