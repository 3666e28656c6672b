/**
 * A process of its own that syncs all of one mirror to another and updates the index:
 *     node sync-process.ts FROM TO INDEX [delay in ms of each write]
 * Says on stdout when it begins.
 * Mirrors are folders, or `URL bucket` of a test server.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { openS3 } from '../harness/s3-place.ts';
import { syncAll, tally } from './sync-fixture.ts';

const [from = '', to = '', index = '', delay = '0'] = process.argv.slice(2);
const open = async (place: string): Promise<Storage> => {
  const [url = '', bucket = ''] = place.split(' ');
  return url.startsWith('http:') ? await openS3(url, { bucket }) : openFileStorage(place);
};
const source = await open(from);
const target = await open(to);
// Not a spread: whether there are conditions is found out on the way.
const slow: Storage = new Proxy(target, {
  get: (object, name, receiver) => {
    const value = Reflect.get(object, name, receiver);
    if ((name !== 'put' && name !== 'copyFrom') || delay === '0') return value;
    return async (...args: readonly unknown[]) => {
      await sleep(Number(delay));
      return await value.apply(object, args);
    };
  },
});
process.stdout.write('begins\n');
const result = await syncAll(source, slow, index);
const { copied = 0, present = 0, ...others } = tally(result);
await source.close();
await target.close();
if (Object.keys(others).length > 0 || copied + present === 0) {
  console.error(JSON.stringify(result.mirrors));
  process.exitCode = 1;
}
