/**
 * A process of its own that pushes every nth spec of an install tree and updates the index:
 *     node push-process.ts STORE MIRROR N OF [PLACE COUNT NEW]
 * MIRROR is a folder, or the URL of a test server. In a folder it kills itself at the COUNTth time that it comes to
 * PLACE, see {@link KillPlace}, with NEW specs that the mirror does not have.
 */
import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { openS3 } from '../harness/s3-place.ts';
import { pushable } from '../tree/toy-store.ts';
import { type KillPlace, killPlaces } from './kill-places.ts';
import { pushToy, target } from './push-toy.ts';

const [store = '', mirror = '', n = '0', of = '1', place, count, fresh] = process.argv.slice(2);
const tree = await readInstallTree(store);
const specs = pushable(tree).filter((_, i) => i % Number(of) === Number(n));
const opened = mirror.startsWith('http:') ? await openS3(mirror) : openFileStorage(mirror);
const storage = place === undefined ? opened : await deadly(opened, place as KillPlace, Number(count));
const result = await pushToy(tree, [target(storage)], { specs });
const isFine = [...(result.mirrors[0]?.outcomes.values() ?? [])].every(
  ({ kind }) => kind === 'pushed' || kind === 'present',
);
const index = result.mirrors[0]?.index;
await opened.close();
if (!isFine || index === undefined || 'failed' in index) {
  console.error(JSON.stringify([...(result.mirrors[0]?.outcomes ?? [])]), index);
  process.exitCode = 1;
}

/** Between documents it dies before the second is begun; inside one, when half of it is in a file. */
async function deadly(storage: Storage, place: KillPlace, count: number): Promise<Storage> {
  const die = () => process.kill(process.pid, 'SIGKILL');
  const places = killPlaces(Number(fresh));
  let left = count;
  // Not a spread: whether there are conditions is found out on the way.
  return new Proxy(storage, {
    get: (object, name, receiver) => {
      if (name !== 'put') return Reflect.get(object, name, receiver);
      return async (...args: Parameters<Storage['put']>) => {
        const { at, done } = places(args[0]);
        const isDue = at === place && --left === 0;
        if (isDue && place === 'between blob and manifest') die();
        const [key, source, options] = args;
        const content = isDue ? { ...(source instanceof Uint8Array ? {} : source), ...endless(die) } : source;
        const answer = await object.put(key, content, options);
        done();
        return answer;
      };
    },
  });
}

/**
 * Files are written by threads, where nothing can be put in between: so one that takes long.
 * @param die called when a part of it is in the mirror
 */
function endless(die: () => void): { readonly file: string; readonly size: number } {
  const file = `${store}-endless-${process.pid}`;
  writeFileSync(file, '');
  const size = 8 * 2 ** 30;
  truncateSync(file, size); // without blocks
  const isBegun = (name: string) => {
    const found = statSync(join(mirror, name), { throwIfNoEntry: false });
    return /(^|\/)\.(tmp|lock)-/.test(name) && found?.isFile() === true && found.size > 0;
  };
  const watch = async () => {
    while (!readdirSync(mirror, { recursive: true, encoding: 'utf8' }).some(isBegun)) await wait(1);
    rmSync(file);
    die();
  };
  void watch();
  return { file, size };
}
