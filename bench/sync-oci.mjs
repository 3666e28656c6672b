import { join } from 'node:path';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateMirror } from '../test/harness/generate-mirror.ts';
import { CLI, has, scratch, timeCommand } from './parts/measure.mjs';
import { writeEnvironment } from './parts/stores.mjs';

export const about =
  "`sync` of 200 images: between repositories of one registry, which mounts their layers, and to another registry, against `skopeo sync` of the same repository; and what it takes to make images of a mirror's specs, and a mirror's entries of images. Registries are Debian's, on loopback, storing on disk.";

const SKOPEO = 'skopeo sync --src docker --dest docker --src-tls-verify=false --dest-tls-verify=false';

export async function run(bench) {
  using work = scratch('sync-oci');
  if (!has('docker-registry') || !has('skopeo')) throw new Error('docker-registry and skopeo are needed');
  await using registry = await startDockerRegistry();
  await using other = await startDockerRegistry();
  const mirror = join(work.path, 'mirror');
  const env = join(work.path, 'env');
  const environment = generateEnvironment({ specs: bench.size(200) });
  await generateMirror(mirror, environment);
  writeEnvironment(env, environment);
  const sync = async (from, to) => {
    const args = [CLI, 'sync', '-e', env, '--unsigned', '-q', from, to];
    const own = { ...process.env, BUILDCACHE_CACHE_DIR: join(work.path, 'cache') };
    return (await timeCommand(process.execPath, args, { times: 1, env: own })).best;
  };
  const from = `${registry.url}bench/from`;
  bench.note('folder to registry', await sync(mirror, from), 'ms');
  bench.note('folder to registry, again: nothing moves', await sync(mirror, from), 'ms');
  bench.note('registry to folder', await sync(from, join(work.path, 'copy')), 'ms');
  for (const [what, to] of [
    ['within one registry', registry],
    ['to another registry', other],
  ]) {
    // It says a line for each image.
    const command = `${SKOPEO} ${registry.host}/bench/from ${to.host}/theirs 2>${join(work.path, 'log')}`;
    const skopeo = await timeCommand('sh', ['-c', command], { times: 1 });
    const floor = { what: 'skopeo sync', value: skopeo.best };
    bench.note(what, await sync(from, `${to.url}ours/copy`), 'ms', { floor, aim: 1 });
    bench.note(`${what}, again: nothing moves`, await sync(from, `${to.url}ours/copy`), 'ms', { floor });
  }
}
