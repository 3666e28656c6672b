/**
 * A process of its own that pushes every nth spec of an install tree and updates the index:
 *     node push-process.ts STORE MIRROR N OF [delay in ms of each write]
 * MIRROR is a folder, or the URL of a test server.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openFileStorage } from '../../src/storage/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { openS3 } from '../harness/s3-place.ts';
import { pushable } from '../tree/toy-store.ts';
import { pushToy, target } from './push-toy.ts';

const [store = '', mirror = '', n = '0', of = '1', delay = '0'] = process.argv.slice(2);
const opened = mirror.startsWith('http:') ? await openS3(mirror) : openFileStorage(mirror);
// Not a spread: whether there are conditions is found out on the way.
const storage: Storage = new Proxy(opened, {
  get: (object, name, receiver) => {
    if (name !== 'put' || delay === '0') return Reflect.get(object, name, receiver);
    return async (...args: Parameters<Storage['put']>) => {
      await sleep(Number(delay));
      const answer = await object.put(...args);
      await sleep(Number(delay));
      return answer;
    };
  },
});
const tree = await readInstallTree(store);
const specs = pushable(tree).filter((_, i) => i % Number(of) === Number(n));
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
