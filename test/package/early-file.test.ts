import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { youngCollector } from '../../src/core/young-garbage.ts';
import { findEarlyFile } from '../../src/package/early-file.ts';
import { entry, TAR_END, tgz } from './make-tar.ts';

const ENDING = '/.spack/install_times.json';
const PATH = `opt/store/pkg-1.0${ENDING}`;
const TEXT = '{"total": 12.5}';
const times = entry({ name: PATH, body: TEXT });
const large = entry({ name: 'opt/store/pkg-1.0/lib/large', body: randomBytes(300_000) });

const zeros = (megabytes: number) =>
  entry({ name: 'opt/store/pkg-1.0/zeros', body: Buffer.alloc(megabytes * 1024 * 1024) });

describe('a file out of the beginning of a tarball', () => {
  test.each([
    ['of a whole one', tgz(times, TAR_END)],
    ['of one that is cut off far behind it', tgz(times, large).subarray(0, 64 * 1024)],
    ['behind others', tgz(entry({ name: 'opt/store/pkg-1.0/.spack/', type: '5' }), large, times)],
    ['before what comes to gigabytes', tgz(times, zeros(40), TAR_END)],
    ['the first of two', tgz(times, entry({ name: PATH, body: '{"total": 1}' }))],
  ])('is found: %s', async (_, beginning) => {
    expect(await findEarlyFile(beginning, ENDING)).toBe(TEXT);
  });

  test('is all of it or nothing: where it is cut off it is not there', async () => {
    const body = JSON.stringify({ total: 12.5, noise: randomBytes(100_000).toString('hex') });
    const whole = tgz(entry({ name: PATH, body }));
    expect(await findEarlyFile(whole, ENDING)).toBe(body);
    expect(await findEarlyFile(whole.subarray(0, whole.length / 2), ENDING)).toBeUndefined();
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['no gzip', Buffer.from('<html>log in</html>')],
    ['random bytes', randomBytes(1000)],
    ['a gzip of no tar', tgz(randomBytes(4096))],
    ['a tarball without it', tgz(large, TAR_END)],
    ['a folder of that name', tgz(entry({ name: `${PATH}/`, type: '5' }))],
    ['a link of that name', tgz(entry({ name: PATH, type: '2', target: '/etc/passwd' }))],
    ['one that says it is larger than any', tgz(entry({ name: PATH, body: Buffer.alloc(1024 * 1024 + 1) }))],
    ['one that says it goes on for ever', tgz(entry({ name: PATH, body: TEXT, size: 8 ** 10 }))],
    ['kilobytes that come to gigabytes', tgz(Buffer.alloc(40 * 1024 * 1024), times)],
  ])('is not there, and nothing is thrown: %s', async (_, beginning) => {
    expect(await findEarlyFile(beginning, ENDING)).toBeUndefined();
  });

  test('takes little memory for many tarballs at once, whatever they inflate to', async () => {
    const small = tgz(zeros(16));
    const collect = youngCollector();
    collect();
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const look = setInterval(() => {
      collect(); // what is not needed any more does not count
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 5);
    await Promise.all(Array.from({ length: 16 }, () => findEarlyFile(small, ENDING)));
    clearInterval(look);
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });
});
