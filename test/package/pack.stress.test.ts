import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packPrefix } from '../../src/package/pack.ts';
import { type PrefixFixture, prefixFixture } from './prefix-fixture.ts';

let fixture: PrefixFixture;
beforeEach(() => {
  fixture = prefixFixture();
});
afterEach(() => fixture.remove());

it('packs in memory that does not grow with the prefix', async () => {
  const peaks: number[] = [];
  for (const megabytes of [64, 1024]) {
    fill(path.join(fixture.prefix, String(megabytes)), megabytes);
    await (await packPrefix(fixture.options())).dispose();
    peaks.push(process.resourceUsage().maxRSS / 1024);
  }
  const [small = 0, large = 0] = peaks;
  expect(large - small).toBeLessThan(64);
});

/** A file of text that mentions no prefix and so is looked at to its end. */
function fill(file: string, megabytes: number): void {
  const line = Buffer.from(
    `${randomBytes(32).toString('hex')} /some/other/path and some words as they come\n`,
  );
  const block = Buffer.alloc(1 << 20, line);
  const descriptor = fs.openSync(file, 'w');
  for (let i = 0; i < megabytes; i++) {
    block.write(randomBytes(64).toString('hex'), (i % 8) * 1000);
    fs.writeSync(descriptor, block);
  }
  fs.closeSync(descriptor);
}
