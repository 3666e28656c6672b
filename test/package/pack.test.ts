import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeError, errorCode } from '../../src/core/errors.ts';
import { type PackOptions, packPrefix } from '../../src/package/pack.ts';
import { type PrefixFixture, prefixFixture } from './prefix-fixture.ts';

let fixture: PrefixFixture;
beforeEach(() => {
  fixture = prefixFixture();
});
afterEach(() => fixture.remove());

describe('packPrefix', () => {
  it('counts and digests the file it leaves, which dispose removes', async () => {
    fixture.put('f', 'x'.repeat(3_000_000));
    const progress: number[] = [];
    const packed = await packPrefix(fixture.options({ onProgress: (bytes) => progress.push(bytes) }));
    const file = fs.readFileSync(packed.file);
    const tar = gunzipSync(file);
    expect(packed).toMatchObject({
      size: file.length,
      sha256: sha256(file),
      tarSize: tar.length,
      tarSha256: sha256(tar),
    });
    expect(fs.statSync(packed.file).mode & 0o777).toBe(0o600);
    expect(progress.at(-1)).toBe(3_000_000);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    await packed.dispose();
    await packed.dispose();
    expect(fs.readdirSync(fixture.spoolDir)).toEqual([]);
  });

  it('names the file it may not read', async () => {
    const file = fixture.put('lib/secret', 'x', 0);
    const error = await asNobody(() =>
      packPrefix(fixture.options()).then(undefined, (reason: unknown) => reason),
    );
    expect(error).toMatchObject({ code: 'denied', facts: { file } });
    expect(describeError(error)).toContain('permission denied');
    expect(fs.readdirSync(fixture.spoolDir)).toEqual([]);
  });

  it.each(['lib', ''])('names the directory it may not list: %j', async (name) => {
    fixture.put('lib/f');
    const file = path.join(fixture.prefix, name);
    fs.chmodSync(file, 0);
    const error = await asNobody(() =>
      packPrefix(fixture.options()).then(undefined, (reason: unknown) => reason),
    );
    fs.chmodSync(file, 0o755);
    expect(error).toMatchObject({ code: 'denied', facts: { file } });
  });

  it('tells a prefix that is not there, one that is a file, and paths that cannot be', async () => {
    const codeOf = (more: Partial<PackOptions>) =>
      packPrefix(fixture.options(more)).then(() => 'packed', errorCode);
    const file = fixture.put('f');
    expect(await codeOf({ readFrom: `${fixture.prefix}/none` })).toBe('not-found');
    expect(await codeOf({ readFrom: file })).toBe('bad-input');
    expect(await codeOf({ prefix: 's/l' })).toBe('bad-input');
    expect(await codeOf({ prefix: '/' })).toBe('bad-input');
    expect(await codeOf({ prefix: '/s/l/../a' })).toBe('bad-input');
    expect(await codeOf({ storeRoot: 'relative' })).toBe('bad-input');
    expect(await codeOf({ spoolDir: `${fixture.folder}/none` })).toBe('not-found');
    expect(fs.readdirSync(fixture.spoolDir)).toEqual([]);
  });

  it('stops when asked to, before and in the middle, and leaves nothing', async () => {
    fixture.put('empty');
    await expect(packPrefix(fixture.options({ signal: AbortSignal.abort() }))).rejects.toThrow('aborted');
    fixture.put('f', 'x'.repeat(20_000_000));
    const stop = new AbortController();
    let read = 0;
    const onProgress = (bytes: number) => {
      read = bytes;
      if (bytes > 4_000_000) stop.abort();
    };
    const packing = packPrefix(fixture.options({ signal: stop.signal, onProgress }));
    await expect(packing).rejects.toThrow('aborted');
    expect(read).toBeLessThan(8_000_000);
    expect(fs.readdirSync(fixture.spoolDir)).toEqual([]);
  });
});

/** Runs as a user whom permissions mean something to. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
