/**
 * How fast `sync` copies 1,000 images: between repositories of one registry, which mounts their layers, and to another
 * registry, as ratios to `skopeo sync` of the same repository; and what it takes to make images of a mirror's specs, and
 * a mirror's entries of images. Registries are Debian's, on loopback, storing on disk. Each figure is the whole command,
 * start-up included.
 *
 *   npm run bench -- sync-oci      wants the bundle (npm run build), docker-registry and skopeo
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateMirror } from '../test/harness/generate-mirror.ts';
import { report, timeCommand } from './measure.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SPECS = 1000;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sync-oci-'));
  await using registry = await startDockerRegistry();
  await using other = await startDockerRegistry();
  try {
    const mirror = join(folder, 'mirror');
    const env = join(folder, 'env');
    const environment = generateEnvironment({ specs: SPECS });
    await generateMirror(mirror, environment);
    mkdirSync(env);
    writeFileSync(join(env, 'spack.lock'), environment.lockfile);
    writeFileSync(join(env, 'spack.yaml'), 'spack:\n  specs: []\n');
    const sync = async (from, to) => {
      const args = [CLI, 'sync', '-e', env, '--unsigned', '-q', from, to];
      const own = { ...process.env, BUILDCACHE_CACHE_DIR: join(folder, 'cache') };
      const { best, code } = await timeCommand(process.execPath, args, { times: 1, env: own });
      if (code !== 0) throw new Error(`sync exited with ${code}`);
      return best;
    };
    const from = `${registry.url}bench/from`;
    report(`${SPECS} specs, folder to registry`, await sync(mirror, from));
    report('again: nothing moves', await sync(mirror, from));
    report('registry to folder', await sync(from, join(folder, 'copy')));
    for (const [what, to] of [
      ['one registry', registry],
      ['two registries', other],
    ]) {
      // It says a line for each image.
      const command = `${SKOPEO} ${registry.host}/bench/from ${to.host}/theirs 2>${join(folder, 'log')}`;
      const skopeo = await timeCommand('sh', ['-c', command], { times: 1 });
      report(`skopeo sync, ${what} (exit ${skopeo.code})`, skopeo.best, skopeo.best);
      report(`sync, ${what}`, await sync(from, `${to.url}ours/copy`), skopeo.best, 'faster');
      report('again: nothing moves', await sync(from, `${to.url}ours/copy`), skopeo.best);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SKOPEO = 'skopeo sync --src docker --dest docker --src-tls-verify=false --dest-tls-verify=false';
