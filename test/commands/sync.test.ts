import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLayout2 } from '../../src/cache/layouts/layout2.ts';
import { openOci } from '../../src/cache/oci/reader.ts';
import { openSigner } from '../../src/cache/trust/signing.ts';
import { openTrust } from '../../src/cache/trust/trust.ts';
import { BuildcacheError } from '../../src/core/errors.ts';
import { syncExitCode } from '../../src/plan/sync-result.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { makeKey } from '../cache/keys.ts';
import { copyMirror, FIXTURES, fixtureGraph, openHttp } from '../cache/mirror-fixture.ts';
import {
  assertSound,
  bucketDocuments,
  folderDocuments,
  listedHashes,
  manifestRecords,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { startRegistry } from '../harness/registry.ts';
import { openTestReader } from '../harness/registry-client.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { listJobs, moved, syncAll, tally } from './sync-fixture.ts';
import { expectSame, syncShows } from './sync-suite.ts';

syncShows(40);

let dir: Awaited<ReturnType<typeof tempDir>>;
let index: string;
beforeAll(async () => {
  dir = await tempDir();
  index = join(dir.path, 'index');
});
afterAll(() => dir[Symbol.asyncDispose]());

describe('a sync of the fixtures', () => {
  const key = readFileSync(join(FIXTURES, 'toy-ci.pub.asc'));
  const toyTrust = () => openTrust({ keys: [{ text: key, source: 'toy' }], fingerprints: [] });
  const fixture = (version: '1.2' | '0.23', kind: 'signed' | 'unsigned') =>
    join(FIXTURES, `spack-${version}`, `mirror-${kind}`);
  const signerOf = async (name: string) => {
    const pair = await makeKey({ name });
    const how = { passphrase: undefined, choose: undefined, source: 'test', mirror: 'release' };
    const signer = await openSigner({ secretKeys: pair.privateKey, ...how });
    return {
      signer,
      trust: await openTrust({ keys: [{ text: pair.publicKey, source: name }], fingerprints: [] }),
    };
  };

  it('keeps signatures, byte for byte', async () => {
    await using to = await tempDir();
    const from = openFileStorage(fixture('1.2', 'signed'));
    const result = await syncAll(from, openFileStorage(to.path), index, {
      trust: await toyTrust(),
      signed: true,
    });
    expect(tally(result)).toEqual({ copied: 6 });
    expectSame(folderDocuments(to.path), folderDocuments(fixture('1.2', 'signed')));
  });

  it('copies nothing whose signature does not count', async () => {
    await using to = await tempDir();
    const { trust } = await signerOf('Somebody');
    const result = await syncAll(openFileStorage(fixture('1.2', 'signed')), openFileStorage(to.path), index, {
      trust,
    });
    expect(tally(result)).toEqual({ failed: 6 });
    expect(result.mirrors[0]?.specs[0]?.outcome).toMatchObject({ code: 'untrusted' });
    expect(syncExitCode(result)).toBe(1);
    expect([...folderDocuments(to.path).keys()]).toEqual(['v3/layout.json']);
  });

  it('refuses a signed entry of another spec, and copies the rest', async () => {
    await using from = await tempDir();
    await using to = await tempDir();
    copyMirror('1.2', 'signed', from.path);
    const [first, second] = [...folderDocuments(from.path).keys()].filter((each) =>
      each.endsWith('.spec.manifest.json'),
    );
    cpSync(join(from.path, first ?? ''), join(from.path, second ?? ''));
    const trust = await toyTrust();
    const result = await syncAll(openFileStorage(from.path), openFileStorage(to.path), index, { trust });
    expect(tally(result)).toEqual({ copied: 5, failed: 1 });
    expect(publishedHashes(folderDocuments(to.path)).size).toBe(5);
    assertSound(folderDocuments(to.path));
  });

  it('signs nothing that is another spec than its name says, also where an index knows the name', async () => {
    await using from = await tempDir();
    await using to = await tempDir();
    copyMirror('1.2', 'unsigned', from.path);
    const [first, second] = [...folderDocuments(from.path).keys()].filter((each) =>
      each.endsWith('.spec.manifest.json'),
    );
    cpSync(join(from.path, first ?? ''), join(from.path, second ?? ''));
    const { signer } = await signerOf('Release');
    const result = await syncAll(openFileStorage(from.path), openFileStorage(to.path), index, {
      graph: fixtureGraph('1.2'),
      openSigner: () => Promise.resolve(signer),
      signed: true,
    });
    expect(tally(result)).toEqual({ copied: 5, failed: 1 });
  });

  it('signs what is not signed where that is wanted, and everything anew on request', async () => {
    await using to = await tempDir();
    const { signer, trust } = await signerOf('Release');
    const openKey = { openSigner: () => Promise.resolve(signer), signed: true };
    const unsigned = openFileStorage(fixture('1.2', 'unsigned'));
    const release = openFileStorage(to.path);
    expect(tally(await syncAll(unsigned, release, index, openKey))).toEqual({ copied: 6 });
    await using again = await tempDir();
    // It is all signed by that key now, and its key is offered.
    const taken = await syncAll(release, openFileStorage(again.path), index, { trust, signed: true });
    expect(tally(taken)).toEqual({ copied: 6 });
    expect([...folderDocuments(to.path).keys()]).toContain(
      `v3/manifests/key/${signer.fingerprint}.key.manifest.json`,
    );
    const other = await signerOf('Other');
    await using anew = await tempDir();
    const resigned = { openSigner: () => Promise.resolve(other.signer), resign: true, trust };
    expect(tally(await syncAll(release, openFileStorage(anew.path), index, resigned))).toEqual({ copied: 6 });
    await using last = await tempDir();
    const checked = await syncAll(openFileStorage(anew.path), openFileStorage(last.path), index, {
      trust: other.trust,
    });
    expect(tally(checked)).toEqual({ copied: 6 });
  });

  it('replaces unsigned entries of an unsigned mirror where all is to be signed, and those alone', async () => {
    await using to = await tempDir();
    const { signer } = await signerOf('Release');
    const [from, release] = [openFileStorage(fixture('1.2', 'unsigned')), openFileStorage(to.path)];
    expect(tally(await syncAll(from, release, index))).toEqual({ copied: 6 });
    const resigning = { openSigner: () => Promise.resolve(signer), resign: true };
    expect(tally(await syncAll(from, release, index, resigning))).toEqual({ copied: 6 });
    expect(tally(await syncAll(from, release, index, resigning))).toEqual({ present: 6 });
  });

  it('signs anew what was verified, whatever stands around it', async () => {
    await using from = await tempDir();
    await using to = await tempDir();
    const { signer, trust } = await signerOf('Release');
    copyMirror('1.2', 'unsigned', from.path);
    const [key = ''] = [...folderDocuments(from.path).keys()].filter((each) =>
      each.includes('/spec/toyapp/'),
    );
    const file = join(from.path, key);
    const text = readFileSync(file, 'utf8');
    const digest = 'f'.repeat(64);
    const evil = text.replaceAll(/"checksum":"[0-9a-f]{64}"/g, `"checksum":"${digest}"`);
    expect(evil).toContain(digest);
    const inside = (await signer.sign(text)).replaceAll('\n\n', '\n \n');
    const forged = `${inside}\n\n${evil}\n-----BEGIN PGP SIGNATURE-----\n`;
    writeFileSync(file, forged);
    const jobs = (await listJobs(openFileStorage(from.path), { trust })).filter(
      ({ wanted }) => wanted.at?.key === key,
    );
    const resigning = { jobs, openSigner: () => Promise.resolve(signer), resign: true, trust, signed: true };
    const refused = await syncAll(openFileStorage(from.path), openFileStorage(to.path), index, resigning);
    expect(tally(refused)).toEqual({ failed: 1 });
    expect(publishedHashes(folderDocuments(to.path)).size).toBe(0);
    // Even where something took the signature for one, the text it is of is what counts.
    const lenient = { ...trust, verify: async () => ({ text, fingerprint: signer.fingerprint }) };
    const lax = jobs.map((job) => ({ ...job, source: { ...job.source, trust: lenient } }));
    const done = await syncAll(openFileStorage(from.path), openFileStorage(to.path), index, {
      ...resigning,
      jobs: lax,
    });
    expect(tally(done)).toEqual({ copied: 1 });
    expect(readFileSync(join(to.path, key), 'utf8')).toContain(text);
    expect(readFileSync(join(to.path, key), 'utf8')).not.toContain(digest);
  });

  it.each(['application/vnd.spack.spec.v6+json', 'application/vnd.spack.install.v2.tar+x', 'text/plain'])(
    'signs nothing anew that names more than what was looked at: %s',
    async (mediaType) => {
      await using from = await tempDir();
      await using to = await tempDir();
      const { signer, trust } = await signerOf('Release');
      copyMirror('1.2', 'unsigned', from.path);
      const [key = ''] = [...folderDocuments(from.path).keys()].filter((each) =>
        /\/spec\/toyapp\//.test(each),
      );
      const file = join(from.path, key);
      // What is looked at is the newest of a kind, and the first of equals; Spack looks for its own version.
      const records = manifestRecords(readFileSync(file));
      const good = records.find((record) =>
        record.mediaType.includes(mediaType.includes('install') ? 'install' : 'spec'),
      );
      const text = JSON.stringify({ version: 3, data: [{ ...good, mediaType }, ...records] });
      writeFileSync(file, await signer.sign(text));
      const jobs = (await listJobs(openFileStorage(from.path), { trust })).filter(
        ({ wanted }) => wanted.at?.key === key,
      );
      const how = { jobs, openSigner: () => Promise.resolve(signer), trust, signed: true };
      const resigning = { ...how, resign: true };
      const done = await syncAll(openFileStorage(from.path), openFileStorage(to.path), index, resigning);
      expect(done.mirrors[0]?.specs.map(({ outcome }) => outcome)).toMatchObject([
        {
          kind: 'failed',
          code: 'unsupported',
          reason: expect.stringContaining('more than what is looked at'),
        },
      ]);
      expect(publishedHashes(folderDocuments(to.path)).size).toBe(0);
      // With its own signature it is what its signer says.
      expect(tally(await syncAll(openFileStorage(from.path), openFileStorage(to.path), index, how))).toEqual({
        copied: 1,
      });
    },
  );

  it('signs anew where a signed mirror gets signatures that nobody has verified', async () => {
    await using to = await tempDir();
    const { signer, trust } = await signerOf('Release');
    const from = openFileStorage(fixture('1.2', 'signed'));
    const release = openFileStorage(to.path);
    // No trust: the source is configured as unsigned. What an index knows makes no difference.
    for (const graph of [undefined, fixtureGraph('1.2')]) {
      const failed = await syncAll(from, release, index, {
        ...(graph && { graph }),
        signed: true,
        openSigner: () => Promise.reject(new BuildcacheError('usage', 'there is no key to sign with')),
      });
      expect(tally(failed)).toEqual({ failed: 6 });
      const [outcome] = failed.mirrors[0]?.specs.map((spec) => spec.outcome) ?? [];
      expect(outcome).toMatchObject({
        code: 'untrusted',
        reason: expect.stringMatching(/not verified.*no key to sign with.*Configure the mirror/),
      });
      expect(publishedHashes(folderDocuments(to.path)).size).toBe(0);
    }
    const signing = { openSigner: () => Promise.resolve(signer), signed: true };
    const done = await syncAll(from, release, index, signing);
    expect(tally(done)).toEqual({ copied: 6 });
    expect(done.mirrors[0]?.specs.map(({ outcome }) => outcome)).toEqual(
      Array(6).fill(expect.objectContaining({ signature: 'new' })),
    );
    await using again = await tempDir();
    const taken = await syncAll(release, openFileStorage(again.path), index, { trust, signed: true });
    expect(tally(taken)).toEqual({ copied: 6 });
  });

  it('keeps signatures that nobody looks at where nobody asks for any', async () => {
    await using to = await tempDir();
    const from = openFileStorage(fixture('1.2', 'signed'));
    expect(tally(await syncAll(from, openFileStorage(to.path), index))).toEqual({ copied: 6 });
    expectSame(folderDocuments(to.path), folderDocuments(fixture('1.2', 'signed')));
  });

  it.each(['signed', 'unsigned'] as const)('makes layout 3 of layout 2 (%s)', async (kind) => {
    await using to = await tempDir();
    const from = openFileStorage(fixture('0.23', kind));
    const readers = [openLayout2(from, { nodes: new Map() })];
    const trust = kind === 'signed' ? await toyTrust() : undefined;
    const result = await syncAll(from, openFileStorage(to.path), index, { readers, trust });
    expect(tally(result)).toEqual({ copied: 5 });
    const documents = folderDocuments(to.path);
    assertSound(documents);
    expect(listedHashes(documents).size).toBe(5);
    const again = await syncAll(from, openFileStorage(to.path), index, { readers, trust });
    expect(tally(again)).toEqual({ present: 5 });
  });

  it('makes layout 3 of images, from a registry to a bucket', async () => {
    const registry = await startRegistry();
    fillFromSpack(registry.repository('toy/cache'));
    const reading = await openTestReader(`${registry.url}toy/cache`);
    const server = await startS3Server();
    const to = await openS3(server.url);
    try {
      const readers = [openOci(reading, { signed: false })];
      const from = readers[0]?.storage ?? to;
      const result = await syncAll(from, to, index, { readers });
      expect(tally(result)).toEqual({ copied: 6 });
      const documents = bucketDocuments(server.objects, 'some/mirror');
      assertSound(documents);
      expect(publishedHashes(documents)).toEqual(
        publishedHashes(folderDocuments(fixture('1.2', 'unsigned'))),
      );
      expect(listedHashes(documents).size).toBe(6);
      expect(tally(await syncAll(from, to, index, { readers }))).toEqual({ present: 6 });
    } finally {
      await to.close();
      await server.close();
      await reading.close();
      await registry.close();
    }
  });

  it('takes from a web server, in memory and through files', async () => {
    await using from = await tempDir();
    await using to = await tempDir();
    await generateMirror(from.path, generateEnvironment({ specs: 3 }));
    const server = await startHttpServer({ root: from.path });
    const http = await openHttp(server.url);
    try {
      const list = openFileStorage(from.path);
      const { openLayout3 } = await import('../../src/cache/layouts/layout3.ts');
      const readers = [{ ...openLayout3(http, undefined), list: openLayout3(list, undefined).list }];
      const result = await syncAll(http, openFileStorage(to.path), index, { readers });
      expect(tally(result)).toEqual({ copied: 3 });
      expect(moved(result).between).toBe(0);
      expectSame(folderDocuments(to.path), folderDocuments(from.path));
    } finally {
      await http.close();
      await server.close();
    }
  });
});

describe('what is wrong', () => {
  const small = async () => {
    const from = await tempDir();
    const to = await tempDir();
    const made = await generateMirror(from.path, generateEnvironment({ specs: 4, seed: 9 }));
    const [entry] = made.entries.values();
    if (entry === undefined) throw new Error('no entries');
    const run = (more = {}) => syncAll(openFileStorage(from.path), openFileStorage(to.path), index, more);
    return { from, to, entry, run };
  };

  it.each([
    ['a blob that is not there', 'tarball', 'not-found'],
    ['a spec file that is not there', 'spec', 'bad-input'],
  ] as const)('%s: the rest is copied, and it is said', async (_, blob, code) => {
    const { from, to, entry, run } = await small();
    rmSync(join(from.path, entry[blob]));
    rmSync(join(from.path, 'v3/manifests/index'), { recursive: true });
    const result = await run();
    expect(tally(result)).toEqual({ copied: 3, failed: 1 });
    expect(result.mirrors[0]?.specs.find(({ outcome }) => outcome.kind === 'failed')?.outcome).toMatchObject({
      code,
    });
    assertSound(folderDocuments(to.path));
    expect(listedHashes(folderDocuments(to.path)).size).toBe(3);
  });

  it('what needs a newer program: it is not copied, nor is anything older put in its place', async () => {
    const newer = '{"version":4,"blobs":"elsewhere"}';
    for (const side of ['from', 'to'] as const) {
      const { entry, run, ...dirs } = await small();
      if (side === 'to') await run();
      writeFileSync(join(dirs[side].path, entry.manifest), newer);
      const result = await run();
      expect(tally(result)).toEqual({ [side === 'to' ? 'present' : 'copied']: 3, failed: 1 });
      const failed = result.mirrors[0]?.specs.find(({ outcome }) => outcome.kind === 'failed')?.outcome;
      expect(failed).toMatchObject({
        code: 'unsupported',
        reason: expect.stringMatching(/needs a newer program.*Update buildcache-action/),
      });
      const at = folderDocuments(dirs.to.path).get(entry.manifest)?.toString();
      expect(at).toBe(side === 'to' ? newer : undefined);
    }
  });

  it('a blob that was damaged: nothing of it arrives', async () => {
    const { from, to, entry, run } = await small();
    const file = join(from.path, entry.tarball);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(tally(await run())).toEqual({ copied: 3, failed: 1 });
    expect([...folderDocuments(to.path).keys()]).not.toContain(entry.tarball);
    assertSound(folderDocuments(to.path));
  });

  it('two at once to one mirror: all is there once, whole and listed', async () => {
    const { from, to, run } = await small();
    await using other = await tempDir();
    await generateMirror(other.path, generateEnvironment({ specs: 12, seed: 10 }));
    const release = openFileStorage(to.path);
    const results = await Promise.all([run(), run(), syncAll(openFileStorage(other.path), release, index)]);
    for (const result of results) expect(syncExitCode(result)).toBe(0);
    const expected = [from, other].flatMap(({ path }) => [...publishedHashes(folderDocuments(path))]);
    assertSound(folderDocuments(to.path));
    expect(listedHashes(folderDocuments(to.path))).toEqual(new Set(expected));
  });

  it('a blob that changes while it is copied: nothing of it arrives', async () => {
    const { from, to, entry, run } = await small();
    const file = join(from.path, entry.tarball);
    const whole = readFileSync(file);
    for (const changed of [whole.subarray(1), Buffer.concat([whole, whole]), Buffer.alloc(whole.length)]) {
      const storage = openFileStorage(from.path);
      const changing: Storage = {
        ...storage,
        head: async (key, how) => {
          const found = await storage.head(key, how);
          if (key === entry.tarball) writeFileSync(file, changed);
          return found;
        },
        fileOf: (key) => {
          if (key === entry.tarball) writeFileSync(file, changed);
          return join(from.path, key);
        },
      };
      for (const hardLink of [false, true]) {
        writeFileSync(file, whole);
        const result = await syncAll(changing, openFileStorage(to.path), index, { options: { hardLink } });
        expect(tally(result).failed).toBe(1);
        expect([...folderDocuments(to.path).keys()]).not.toContain(entry.tarball);
        assertSound(folderDocuments(to.path));
      }
    }
    writeFileSync(file, whole);
    expect(tally(await run())).toEqual({ present: 3, copied: 1 });
  });

  it('a run that was stopped half-way is finished by the next, and listed', async () => {
    const { to, run } = await small();
    const stop = new AbortController();
    const first = await run({
      options: { jobs: 1, signal: stop.signal, updateIndex: false, onOutcome: () => stop.abort() },
    });
    expect(first.cancelled).toBe(true);
    expect(tally(first)).toEqual({ copied: 1, 'not-tried': 3 });
    expect(listedHashes(folderDocuments(to.path)).size).toBe(0);
    expect(tally(await run())).toEqual({ present: 1, copied: 3 });
    expect(listedHashes(folderDocuments(to.path)).size).toBe(4);
  });

  it('a dry run says what it would do and does nothing', async () => {
    const { to, run } = await small();
    expect(tally(await run({ options: { dryRun: true } }))).toEqual({ 'would-copy': 4 });
    expect(folderDocuments(to.path).size).toBe(0);
  });

  it('a source that nobody answers for does not stop the others', async () => {
    await using from = await tempDir();
    await using to = await tempDir();
    await generateMirror(from.path, generateEnvironment({ specs: 30 }));
    const whole = openFileStorage(from.path);
    const dead = { ...whole, get: () => Promise.reject(new BuildcacheError('unreachable', 'no answer')) };
    const [one, other] = await Promise.all([listJobs(dead), listJobs(whole)]);
    const jobs = [...one.slice(0, 15), ...other.slice(15)];
    const result = await syncAll(whole, openFileStorage(to.path), index, { jobs, options: { jobs: 1 } });
    expect(tally(result)).toEqual({ failed: 8, 'not-tried': 7, copied: 15 });
    expect(syncExitCode(result)).toBe(1);
  });

  it('a mirror that fails for everything is not tried on and on', async () => {
    await using to = await tempDir();
    const full = openFileStorage(to.path);
    let puts = 0;
    const failing: Storage = {
      ...full,
      copyFrom: () => Promise.resolve(undefined),
      put: async (key, ...rest) => {
        if (key === 'v3/layout.json') return await full.put(key, ...rest);
        puts++;
        throw new (await import('../../src/core/errors.ts')).BuildcacheError(
          'io',
          'no space left on the device',
        );
      },
    };
    await using from = await tempDir();
    await generateMirror(from.path, generateEnvironment({ specs: 60 }));
    const result = await syncAll(openFileStorage(from.path), failing, index);
    expect(tally(result).copied).toBeUndefined();
    expect(tally(result)['not-tried']).toBeGreaterThan(40);
    expect(puts).toBeLessThan(20);
    expect(syncExitCode(result)).toBe(1);
    expect(result.mirrors[0]?.notes.join()).toMatch(/no space left/);
  });
});
