import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { blobKey } from '../../../src/cache/layouts/layout3.ts';
import { openDownloadCache } from '../../../src/cache/reading/download-cache.ts';
import { obtain, type TrustedMirror } from '../../../src/cache/reading/obtain.ts';
import { parseProvenancePolicy } from '../../../src/cache/trust/provenance-policy.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { BuildcacheError, describeError } from '../../../src/core/errors.ts';
import { EntryRefused, readAskedSpecFile, type SpecFileCheck } from '../../../src/spec/asked-spec-file.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { StorageReader } from '../../../src/storage/storage.ts';
import { type Fault, type LoggedRequest, startHttpServer } from '../../harness/http-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { built, copyMirror, openHttp, readersOf, type SpackVersion } from '../mirror-fixture.ts';
import { graphs, mirrorOf, signedKey, specOf, toyTrust } from '../signed-fixture.ts';

async function mirrorAt(folder: string, version: SpackVersion, signed = true): Promise<TrustedMirror> {
  const readers = readersOf(openFileStorage(folder), graphs[version]);
  return { name: folder.split('/').at(-1) ?? '', readers, trust: signed ? await toyTrust() : undefined };
}

const digest = async (bytes: Readable) => sha256(await buffer(bytes));
const NO_CACHE = openDownloadCache(undefined);

describe('obtain', () => {
  it.each(['1.2', '0.23'] as const)(
    'delivers every tarball of the signed mirror of Spack %s',
    async (version) => {
      const mirrors = [await mirrorAt(mirrorOf(version, 'signed'), version)];
      for (const spec of built(graphs[version])) {
        const found = await obtain(spec, { mirrors, cache: NO_CACHE }, digest);
        expect(found).toMatchObject({ mirror: 'mirror-signed', notes: [] });
        expect(found?.value).toBe(found?.verified.entry.tarball.sha256);
      }
    },
  );

  it.each(['1.2', '0.23'] as const)(
    'passes over mirrors of Spack %s that fail, and says why',
    async (version) => {
      await using dir = await tempDir();
      const spec = specOf(version, 'toyapp');
      const at = (name: string) => join(dir.path, name);
      for (const name of ['damaged', 'another', 'whole']) copyMirror(version, 'signed', at(name));
      const whole = await mirrorAt(at('whole'), version);
      const tarball =
        (await obtain(spec, { mirrors: [whole], cache: NO_CACHE }, digest))?.verified.entry.tarball.key ?? '';
      const bytes = readFileSync(join(at('damaged'), tarball));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
      writeFileSync(join(at('damaged'), tarball), bytes);
      const document = (name: string) => signedKey(version, specOf(version, name));
      cpSync(join(at('another'), document('toymake')), join(at('another'), document('toyapp')));
      const mirrors = [
        await mirrorAt(at('empty'), version),
        await mirrorAt(at('damaged'), version),
        await mirrorAt(at('another'), version),
        { ...(await mirrorAt(mirrorOf(version, 'unsigned'), version)), name: 'unsigned' },
      ];
      const found = await obtain(spec, { mirrors: [...mirrors, whole], cache: NO_CACHE }, digest);
      expect(found).toMatchObject({
        mirror: 'whole',
        notes: [
          expect.stringMatching(/^damaged: .*SHA-256 is wrong/),
          expect.stringMatching(
            /^another: .*signed entry of another spec; expected toyapp@1.0 .*found toymake@4.4/,
          ),
          expect.stringMatching(/^unsigned: .*no signature/),
        ],
      });
      const error: unknown = await obtain(spec, { mirrors, cache: NO_CACHE }, digest).catch((e) => e);
      expect(error).toMatchObject({
        code: 'corrupt',
        message: expect.stringMatching(/damaged: .*another: .*unsigned: /),
      });
    },
  );

  it.each(['1.2', '0.23'] as const)(
    'hands over a small tarball of Spack %s whole, and asks the next mirror where its entry is refused',
    async (version) => {
      await using dir = await tempDir();
      const spec = specOf(version, 'toyapp');
      const at = (name: string) => join(dir.path, name);
      for (const name of ['another', 'whole']) copyMirror(version, 'signed', at(name));
      const document = (name: string) => signedKey(version, specOf(version, name));
      cpSync(join(at('another'), document('toymake')), join(at('another'), document('toyapp')));
      const mirrors = [await mirrorAt(at('another'), version), await mirrorAt(at('whole'), version)];
      const large = () => expect.unreachable();
      const use = async (tarball: Buffer, check: SpecFileCheck | undefined) => {
        try {
          if (check !== undefined) readAskedSpecFile(check);
        } catch (error) {
          throw new EntryRefused(error);
        }
        return sha256(tarball);
      };
      // Layout 2 does not say how large a tarball is.
      const small = version === '1.2' ? { upTo: 1e6, use } : undefined;
      const found = await obtain(spec, { mirrors, cache: NO_CACHE }, small ? large : digest, small);
      expect(found).toMatchObject({
        mirror: 'whole',
        notes: [expect.stringMatching(/^another: .*signed entry of another spec; expected toyapp@1.0/)],
      });
      expect(found?.value).toBe(found?.verified.entry.tarball.sha256);
    },
  );

  it('has nothing where no mirror has it', async () => {
    await using dir = await tempDir();
    const mirrors = [await mirrorAt(dir.path, '1.2')];
    expect(await obtain(specOf('1.2', 'toyapp'), { mirrors, cache: NO_CACHE }, digest)).toBeUndefined();
  });

  it('takes no other tarball than the pinned one', async () => {
    const spec = specOf('1.2', 'toyapp');
    const mirrors = [await mirrorAt(mirrorOf('1.2', 'signed'), '1.2')];
    const right = (await obtain(spec, { mirrors, cache: NO_CACHE }, digest))?.value;
    expect(await obtain(spec, { mirrors, cache: NO_CACHE, sha256: right }, digest)).toMatchObject({
      value: right,
    });
    const pinned = 'ab'.repeat(32);
    await expect(obtain(spec, { mirrors, cache: NO_CACHE, sha256: pinned }, digest)).rejects.toMatchObject({
      code: 'untrusted',
      facts: { expected: pinned, found: right },
    });
  });

  it('asks the next mirror for a bad tarball, and not when the fault is here', async () => {
    const spec = specOf('1.2', 'toyapp');
    const mirrors = [
      await mirrorAt(mirrorOf('1.2', 'signed'), '1.2'),
      await mirrorAt(mirrorOf('1.2', 'unsigned'), '1.2', false),
    ];
    const failing = (code: 'corrupt' | 'conflict') => {
      let calls = 0;
      return async (bytes: Readable) => {
        await buffer(bytes);
        if (calls++ === 0) throw new BuildcacheError(code, 'no');
        return calls;
      };
    };
    expect(await obtain(spec, { mirrors, cache: NO_CACHE }, failing('corrupt'))).toMatchObject({
      value: 2,
      mirror: 'mirror-unsigned',
      verified: { signedBy: undefined },
    });
    await expect(obtain(spec, { mirrors, cache: NO_CACHE }, failing('conflict'))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('goes on at the next mirror with what the first one has delivered', async () => {
    await using dir = await tempDir();
    const spec = specOf('1.2', 'toyapp');
    const root = mirrorOf('1.2', 'signed');
    const local = [await mirrorAt(root, '1.2')];
    const key =
      (await obtain(spec, { mirrors: local, cache: NO_CACHE }, digest))?.verified.entry.tarball.sha256 ?? '';
    const isTarball = ({ path }: LoggedRequest) => path === `/${blobKey(key)}`;
    const cutting = (request: LoggedRequest): Fault => {
      if (!isTarball(request)) return undefined;
      return request.attempt === 1 ? 'truncate' : { status: 503 };
    };
    await using bad = await startHttpServer({ root, fault: cutting });
    await using good = await startHttpServer({ root });
    const trust = await toyTrust();
    const storages = [await openHttp(bad.url), await openHttp(good.url)];
    const mirrors = storages.map((storage, i) => ({
      name: `m${i}`,
      readers: readersOf(storage, graphs['1.2']),
      trust,
    }));
    const cache = openDownloadCache(join(dir.path, 'cache'));
    const found = await obtain(spec, { mirrors, cache }, digest);
    expect(found).toMatchObject({ value: key, mirror: 'm1', notes: [expect.stringContaining('503')] });
    expect(good.requests.find(isTarball)?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    // A server that is down for one layout is not asked in the other.
    expect(bad.requests.filter(({ path }) => path.includes('build_cache'))).toEqual([]);
    for (const storage of storages) await storage.close();
  });

  describe('a small tarball', () => {
    /** A mirror in a folder whose blobs are kept back, until `let` is called with a part of their key. */
    async function slowMirror(folder: string) {
      const storage = openFileStorage(folder);
      const asked: string[] = [];
      const gates = new Map<string, () => void>();
      const get: StorageReader['get'] = async (key, options) => {
        asked.push(key);
        if (key.startsWith('blobs/')) await new Promise<void>((resolve) => gates.set(key, resolve));
        return await storage.get(key, options);
      };
      const held: StorageReader = { url: 'https://m.example', get, head: storage.head, close: storage.close };
      const [reader] = readersOf(held, graphs['1.2']);
      if (reader === undefined) throw new Error('no reader');
      const mirrors = [{ name: 'm', readers: [reader], trust: await toyTrust() }];
      const let_ = async (key: string) => {
        while (!gates.has(key)) await turn();
        gates.get(key)?.();
      };
      return { mirrors, asked, let: let_ };
    }

    const spec = specOf('1.2', 'toyapp');
    const keysOf = async (folder: string) => {
      const [reader] = readersOf(openFileStorage(folder), graphs['1.2']);
      const text = (await reader?.read(spec))?.bytes.toString() ?? '';
      const [specKey = '', tarballKey = ''] = ['spec', 'install'].map((kind) => {
        const record = text.split('{').find((part) => new RegExp(`mediaType.*${kind}`).test(part)) ?? '';
        return blobKey(/"checksum": ?"(\w+)"/.exec(record)?.[1] ?? '');
      });
      return { specKey, tarballKey };
    };

    it('is asked for with its spec file, and nothing is made of it before that is there', async () => {
      const folder = mirrorOf('1.2', 'signed');
      const { specKey, tarballKey } = await keysOf(folder);
      for (const order of [
        [tarballKey, specKey],
        [specKey, tarballKey],
      ]) {
        const mirror = await slowMirror(folder);
        let used = 0;
        const use = async (_: Buffer, check: SpecFileCheck | undefined) => {
          if (check !== undefined) readAskedSpecFile(check);
          return ++used;
        };
        const found = obtain(spec, { ...mirror, cache: NO_CACHE }, () => expect.unreachable(), {
          upTo: 1e6,
          use,
        });
        for (const key of order) {
          while (mirror.asked.length < 3) await turn();
          expect(used).toBe(0);
          await mirror.let(key);
          await sleep(20);
        }
        expect(await found).toMatchObject({ value: 1, notes: [] });
        expect(mirror.asked).toHaveLength(3);
      }
    });

    it.each([
      ['damaged', 'whole'],
      ['damaged', 'damaged'],
      ['missing', 'whole'],
      ['missing', 'missing'],
      ['of another spec', 'whole'],
    ])('whose spec file is %s is not used, and that is what is said, though it is %s', async (one, other) => {
      await using dir = await tempDir();
      const folder = join(dir.path, 'mirror');
      copyMirror('1.2', 'signed', folder);
      const { specKey, tarballKey } = await keysOf(folder);
      const change = (key: string, how: string) => {
        if (how === 'damaged') writeFileSync(join(folder, key), Buffer.alloc(100));
        if (how === 'missing') rmSync(join(folder, key));
      };
      if (one === 'of another spec') {
        const document = (name: string) => join(folder, signedKey('1.2', specOf('1.2', name)));
        cpSync(document('toymake'), document('toyapp'));
      }
      change(specKey, one);
      change(tarballKey, other);
      const mirrors = [await mirrorAt(folder, '1.2')];
      const said = async (sha256?: string) => {
        const use = () => expect.unreachable();
        const options = { mirrors, cache: NO_CACHE, ...(sha256 && { sha256 }) };
        // Provenance is looked at where the mirror is, and so is the spec file then.
        const provenance = one === 'of another spec' ? { provenance: parseProvenancePolicy(['ref=*']) } : {};
        return await obtain(spec, { ...options, ...provenance }, use, { upTo: 1e6, use }).catch((e) => e);
      };
      const words = { damaged: specKey, missing: specKey, 'of another spec': 'signed entry of another spec' }[
        one
      ];
      for (const error of [await said(), await said('ab'.repeat(32))])
        expect(describeError(error)).toContain(words);
    });
  });

  it('is cancelled', async () => {
    const mirrors = [await mirrorAt(mirrorOf('1.2', 'signed'), '1.2')];
    const signal = AbortSignal.abort();
    const obtaining = obtain(specOf('1.2', 'toyapp'), { mirrors, cache: NO_CACHE, signal }, digest);
    await expect(obtaining).rejects.toMatchObject({ code: 'cancelled' });
  });
});
