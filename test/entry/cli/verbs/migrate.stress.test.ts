import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSigner } from '../../../../src/cache/trust/signing.ts';
import { openLayout3Writer } from '../../../../src/cache/writing/cache-writer.ts';
import { migrate } from '../../../../src/commands/migrate.ts';
import { SILENT } from '../../../../src/report/reporter.ts';
import { openFileStorage } from '../../../../src/storage/file/file.ts';
import { makeKey } from '../../../cache/keys.ts';
import { built, copyMirror, FIXTURES, fixtureGraph } from '../../../cache/mirror-fixture.ts';
import {
  assertSound,
  blobOf,
  type Documents,
  folderDocuments,
  listedHashes,
  makeOld,
  manifestRecords,
  publishedHashes,
} from '../../../cache/mirror-state.ts';
import { toyTrust } from '../../../cache/signed-fixture.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { environmentOf, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const hashes = new Set(built(fixtureGraph('0.23')).map(({ hash }) => hash));
const PUBLIC_KEY = join(FIXTURES, 'toy-ci.pub.asc');

async function oldMirror(kind: 'signed' | 'unsigned') {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('0.23', kind, mirror);
  const key = join(dir.path, 'key.asc');
  const pair = await makeKey();
  writeFileSync(key, pair.privateKey);
  writeFileSync(`${key}.pub`, pair.publicKey);
  const signed = ['--trusted-keys', PUBLIC_KEY, '--signing-key-file', key];
  const run = (...args: string[]) => runVerb(['migrate', mirror, ...args], dir.path);
  return { dir, mirror, cwd: dir.path, key, signed, run };
}

const manifestsOf = (documents: Documents) =>
  [...documents].filter(([key]) => key.startsWith('v3/manifests/spec/'));

function expectMigrated(mirror: string): Documents {
  const documents = folderDocuments(mirror);
  assertSound(documents);
  expect(publishedHashes(documents)).toEqual(hashes);
  expect(listedHashes(documents)).toEqual(hashes);
  return documents;
}

describe('migrate', () => {
  it('--delete-existing clears away what a killed one has left, also once there is nothing else to do', async () => {
    const { dir, mirror, run } = await oldMirror('unsigned');
    await using _ = dir;
    expect(await run('--unsigned', '--delete-existing', '--yes')).toMatchObject({ code: 0 });
    const turn = join(mirror, 'build_cache', `.lock-${'0'.repeat(32)}`);
    mkdirSync(turn, { recursive: true });
    writeFileSync(join(turn, `host-1-${'a'.repeat(24)}`), '');
    utimesSync(turn, 0, 0);
    expect(await run('--unsigned', '--delete-existing', '--yes')).toMatchObject({ code: 0 });
    expect(existsSync(turn)).toBe(false);
  });

  it('verifies old signatures and signs anew, and what comes out can be checked, listed and trusted', async () => {
    const { dir, mirror, cwd, key, signed, run } = await oldMirror('signed');
    await using _ = dir;
    const before = folderDocuments(mirror);
    expect(await run(...signed, '--yes')).toMatchObject({ code: 0, err: '' });
    const documents = expectMigrated(mirror);
    for (const [name, bytes] of before) expect(documents.get(name)).toEqual(bytes);
    rmSync(join(mirror, 'build_cache'), { recursive: true });
    const all = ['--verify', 'all', '--trusted-keys', `${key}.pub`, '--json'];
    expect(JSON.parse((await runVerb(['check-index', mirror, ...all], cwd)).out)).toMatchObject({
      layout: 'v3',
      right: true,
      unsigned: 0,
      entries: 5,
    });
    const stranger = ['--verify', 'manifests', '--trusted-keys', PUBLIC_KEY, '--json'];
    expect(JSON.parse((await runVerb(['check-index', mirror, ...stranger], cwd)).out)).toMatchObject({
      counts: { untrusted: 5 },
    });
    const check = await runVerb(
      ['check', '-e', environmentOf('0.23'), '-m', mirror, '--verify', 'blobs'],
      cwd,
    );
    expect(check.code).toBe(0);
    const listed = await runVerb(['list', '-a', '-L', '-m', mirror], cwd);
    for (const hash of hashes) expect(listed.out).toContain(hash);
  });

  it.each(['signed', 'unsigned'] as const)('makes a mirror to install from (%s)', async (kind) => {
    const { dir, mirror, cwd, key, signed, run } = await oldMirror(kind);
    await using _ = dir;
    const trust = kind === 'signed' ? ['--trusted-keys', `${key}.pub`] : ['-u'];
    expect((await run(...(kind === 'signed' ? signed : ['-u']), '--yes', '-d')).code).toBe(0);
    // No longer than what the packages were built with.
    const root = mkdtempSync('/tmp/bc-');
    try {
      const args = ['-e', environmentOf('0.23'), '-m', mirror, '--store', root, '--otherarch', '--json'];
      const { code, out } = await runVerb(['install', ...args, ...trust], cwd);
      expect(code).toBe(0);
      expect(JSON.parse(out).counts).toMatchObject({ installed: 5 });
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('keeps tarballs to the byte, and spec files but for what layout 3 says elsewhere', async () => {
    const { dir, mirror, run } = await oldMirror('unsigned');
    await using _ = dir;
    expect(await run('--unsigned', '--yes')).toMatchObject({ code: 0 });
    const documents = expectMigrated(mirror);
    for (const [key, bytes] of manifestsOf(documents)) {
      const [tarball, spec] = manifestRecords(bytes);
      if (tarball === undefined || spec === undefined) throw new Error(`${key} names too little`);
      const hash = key.slice(-'.spec.manifest.json'.length - 32).slice(0, 32);
      const old = [...documents.keys()].find((each) => each.endsWith(`${hash}.spec.json`)) ?? '';
      const before = JSON.parse(documents.get(old)?.toString() ?? '');
      expect(before.binary_cache_checksum.hash).toBe(tarball.checksum);
      const after = JSON.parse(blobOf(documents, spec).toString());
      const { binary_cache_checksum: __, ...rest } = before;
      expect(after).toEqual({ ...rest, buildcache_layout_version: 2 });
      expect(Object.keys(after.spec.nodes[0])).toEqual(Object.keys(before.spec.nodes[0]));
    }
  });

  it('changes nothing without --yes, or in a dry run', async () => {
    const { dir, mirror, signed, run } = await oldMirror('signed');
    await using _ = dir;
    const before = folderDocuments(mirror);
    expect(await run(...signed)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
    const dry = await run(...signed, '--dry-run', '--json', '-d');
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.out).counts).toMatchObject({ 'would-migrate': 5, failed: 0 });
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it('says in a dry run that it would sign what is there without a signature', async () => {
    const { dir, signed, run } = await oldMirror('signed');
    await using _ = dir;
    expect(await run('--unsigned', '--yes')).toMatchObject({ code: 0 });
    for (const [how, counts] of [
      ['--dry-run', { 'would-migrate': 5, present: 0 }],
      ['--yes', { migrated: 5, present: 0 }],
      ['--yes', { migrated: 0, present: 5 }],
      ['--dry-run', { 'would-migrate': 0, present: 5 }],
    ] as const)
      expect(JSON.parse((await run(...signed, how, '--json')).out).counts).toMatchObject(counts);
  });

  it('says that keys count for nothing where the old mirror is configured as unsigned', async () => {
    const { dir, mirror, cwd, signed } = await oldMirror('unsigned');
    await using _ = dir;
    const mirrors = { old: { url: mirror, signed: false }, new: { url: join(cwd, 'new'), signed: true } };
    writeFileSync(join(cwd, 'mirrors.yaml'), JSON.stringify({ mirrors }));
    const run = (...args: string[]) =>
      runVerb(['migrate', 'old', 'new', '--mirrors', 'mirrors.yaml', ...signed, ...args], cwd);
    expect((await run('--dry-run')).err).toMatch(/old: it is not configured as signed, so trusted-keys does/);
    const required = await run('--yes', '--require-signatures');
    expect(required).toMatchObject({ code: 1, err: expect.not.stringContaining('does not count') });
    expect(publishedHashes(folderDocuments(join(cwd, 'new'))).size).toBe(0);
  });

  it('goes to another place, and does nothing twice', async () => {
    const { dir, mirror, cwd, signed, run } = await oldMirror('signed');
    await using _ = dir;
    const before = folderDocuments(mirror);
    const there = join(cwd, 'new');
    expect((await run(there, ...signed, '--yes')).code).toBe(0);
    expect(folderDocuments(mirror)).toEqual(before);
    const first = expectMigrated(there);
    const again = await run(there, ...signed, '--yes', '--json');
    expect(JSON.parse(again.out)).toMatchObject({
      counts: { migrated: 0, present: 5 },
      index: { changed: false },
    });
    expect(folderDocuments(there)).toEqual(first);
    expect(await run(there, ...signed, '--yes', '--delete-existing')).toMatchObject({ code: 2 });
  });

  it('deletes the old layout when all of it has been migrated, and not before', async () => {
    const { dir, mirror, signed, run } = await oldMirror('signed');
    await using _ = dir;
    const tarball = [...folderDocuments(mirror).keys()].find((key) => key.endsWith('.spack')) ?? '';
    const whole = readFileSync(join(mirror, tarball));
    appendFileSync(join(mirror, tarball), 'x');
    const failed = await run(...signed, '--yes', '-d', '--json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.out)).toMatchObject({ counts: { migrated: 4, failed: 1 }, deleted: 0 });
    assertSound(folderDocuments(mirror));
    expect([...folderDocuments(mirror).keys()].filter((key) => key.startsWith('build_cache/'))).toHaveLength(
      14,
    );
    writeFileSync(join(mirror, tarball), whole);
    const done = await run(...signed, '--yes', '-d', '--json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({ counts: { migrated: 1, present: 4 }, deleted: 14 });
    expect([...expectMigrated(mirror).keys()].filter((key) => key.startsWith('build_cache/'))).toEqual([]);
    // One that was killed after its last delete is run again.
    const again = await run(...signed, '--yes', '-d', '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ counts: { migrated: 0 }, deleted: 0 });
    expect(await run(...signed, '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('layout 2'),
    });
  });

  it.each(['.spec.yaml', '.spec.json', '.spec.json.sig'])(
    'does not delete an entry that it cannot migrate (%s)',
    async (end) => {
      const { dir, mirror, signed, run } = await oldMirror('signed');
      await using _ = dir;
      writeFileSync(join(mirror, `build_cache/linux-debian7-gcc-4.9-zlib-1.2.8-OLDHASH${end}`), 'spec:');
      const { code, out } = await run(...signed, '--yes', '-d', '--json');
      expect(code).toBe(1);
      const report = JSON.parse(out);
      expect(report).toMatchObject({ counts: { migrated: 5 }, deleted: 0 });
      expect(report.problems.join()).toContain('OLDHASH');
      expect(
        [...folderDocuments(mirror).keys()].filter((key) => key.startsWith('build_cache/')),
      ).toHaveLength(15);
    },
  );

  it.each(['the tarball', 'the spec file'])(
    'does not delete the last whole copy of an entry: %s of the new one is damaged',
    async (what) => {
      const { dir, mirror, cwd, signed, run } = await oldMirror('signed');
      await using _ = dir;
      expect(await run(...signed, '--yes')).toMatchObject({ code: 0 });
      const [[, bytes]] = manifestsOf(folderDocuments(mirror)) as [[string, Buffer]];
      const { checksum } = manifestRecords(bytes)[what === 'the tarball' ? 0 : 1] as { checksum: string };
      // As long as it was: what a machine that has lost its power may leave.
      const blob = join(mirror, 'blobs/sha256', checksum.slice(0, 2), checksum);
      writeFileSync(blob, Buffer.alloc(readFileSync(blob).length));
      const { code, out } = await run(...signed, '--yes', '-d', '--json');
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({
        deleted: 0,
        problems: [expect.stringMatching(/not deleted.*damaged/)],
      });
      await runVerb(['check-index', mirror, '--verify', 'all', '--repair', '--unsigned'], cwd);
      const again = await run(...signed, '--yes', '-d', '--json');
      expect(JSON.parse(again.out)).toMatchObject({ counts: { migrated: 1, present: 4 }, deleted: 14 });
      expectMigrated(mirror);
    },
  );

  it('deletes nothing that belongs to no entry, and names it', async () => {
    const { dir, mirror, signed, run } = await oldMirror('signed');
    await using _ = dir;
    const known = [...folderDocuments(mirror).keys()];
    // A push writes the tarball first.
    const tarball = known
      .find((key) => key.endsWith('.spack'))
      ?.replace(/-[a-z2-7]{32}\.spack$/, '-late.spack');
    const strange = [
      tarball ?? '',
      'build_cache/README',
      'build_cache/_pgp/notes',
      'build_cache/x.spack.asc',
    ];
    for (const key of strange) writeFileSync(join(mirror, key), 'mine');
    const { code, out } = await run(...signed, '--yes', '-d', '--json');
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ counts: { migrated: 5 }, deleted: 14 });
    expect(report.problems.join()).toMatch(/left of the old layout.*README.*1 more/);
    const left = [...folderDocuments(mirror).keys()].filter((key) => key.startsWith('build_cache/'));
    expect(new Set(left)).toEqual(new Set(strange));
  });

  it('deletes no copy of a tarball in another folder, nor one that a link leads to', async () => {
    const { dir, mirror, signed, run } = await oldMirror('signed');
    await using _ = dir;
    const tarball = [...folderDocuments(mirror).keys()].find((key) => key.endsWith('.spack')) ?? '';
    const elsewhere = join(dir.path, 'elsewhere');
    for (const folder of [elsewhere, join(mirror, 'build_cache/backup')]) {
      mkdirSync(folder);
      copyFileSync(join(mirror, tarball), join(folder, basename(tarball)));
    }
    symlinkSync(elsewhere, join(mirror, 'build_cache/link'));
    const { code, out } = await run(...signed, '--yes', '-d', '--json');
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ counts: { migrated: 5 }, deleted: 14 });
    expect(report.problems.join()).toMatch(/left of the old layout.*backup.*link/);
    const kept = ['backup', 'link'].map((folder) => join(mirror, 'build_cache', folder, basename(tarball)));
    for (const file of [...kept, join(elsewhere, basename(tarball))]) expect(existsSync(file)).toBe(true);
  });

  it.each([
    ['an entry that was pushed again', '.spec.json', 'pushed meanwhile'],
    ['a tarball whose spec file a push is about to write', '.spack', 'written meanwhile'],
  ])('does not delete %s after it was migrated', async (_, ending, problem) => {
    await using dir = await tempDir();
    copyMirror('0.23', 'unsigned', dir.path);
    const source = openFileStorage(dir.path);
    let listings = 0;
    const late: typeof source = {
      ...source,
      list: async function* (prefix, how) {
        const isLater = prefix === 'build_cache/' && listings++ > 1;
        for await (const info of source.list(prefix, how)) {
          yield isLater && info.key.endsWith(ending) ? { ...info, modified: new Date() } : info;
        }
      },
    };
    const more = { trust: undefined, signed: false, signer: undefined, dryRun: false, jobs: 2 };
    const destination = openLayout3Writer(source, undefined);
    const signal = new AbortController().signal;
    const result = await migrate({ source: late, destination, deleteFrom: late, ...more, signal }, SILENT);
    expect(result).toMatchObject({ deleted: 0, problems: [expect.stringContaining(problem)] });
    assertSound(folderDocuments(dir.path));
  });

  it('leaves an entry that is pushed again while the old layout is being deleted, and says so', async () => {
    await using dir = await tempDir();
    copyMirror('0.23', 'unsigned', dir.path);
    makeOld(dir.path, 2);
    const pushed =
      [...folderDocuments(dir.path).keys()].find((key) => /toypy-.*\.spec\.json$/.test(key)) ?? '';
    const source = openFileStorage(dir.path);
    const late: typeof source = {
      ...source,
      delete: async (key, how) => {
        if (key === pushed) await source.put(key, readFileSync(join(dir.path, key)));
        return await source.delete(key, how);
      },
    };
    const more = { trust: undefined, signed: false, signer: undefined, dryRun: false, jobs: 2 };
    const destination = openLayout3Writer(source, undefined);
    const signal = new AbortController().signal;
    const { problems } = await migrate({ source, destination, deleteFrom: late, ...more, signal }, SILENT);
    expect(problems).toEqual([expect.stringMatching(/toypy-.* was left.*migrate again/)]);
    expect(existsSync(join(dir.path, pushed))).toBe(true);
  });

  it.each([
    ['an unsigned entry', (mirror: string) => unsign(mirror)],
    ['a changed spec file', (mirror: string) => change(mirror, '"namespace"', '"namespaze"')],
    ["another spec's entry", (mirror: string) => swap(mirror)],
    ['a spec file that is none', (mirror: string) => change(mirror, '"nodes"', '"n')],
    ['a tarball that is not there', (mirror: string) => rmSync(find(mirror, 'toypy', '.spack'))],
  ])('does not migrate %s, but the rest', async (_, damage) => {
    const { dir, mirror, signed, run } = await oldMirror('signed');
    await using __ = dir;
    damage(mirror);
    const { code, out } = await run(...signed, '--yes', '--json');
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report.counts).toMatchObject({ migrated: 4, failed: 1 });
    const documents = folderDocuments(mirror);
    assertSound(documents);
    expect(publishedHashes(documents).size).toBe(4);
    expect(listedHashes(documents)).toEqual(publishedHashes(documents));
  });

  it('wants keys for what is signed', async () => {
    const { dir, mirror, key, run } = await oldMirror('signed');
    await using _ = dir;
    const before = folderDocuments(mirror);
    expect(await run('--trusted-keys', PUBLIC_KEY, '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no key to sign with'),
    });
    expect(folderDocuments(mirror)).toEqual(before);
    const none = await run('--trusted-keys', `${key}.pub`, '--signing-key-file', key, '--yes', '--json');
    expect(none.code).toBe(1);
    expect(JSON.parse(none.out).counts).toMatchObject({ migrated: 0, failed: 5 });
  });

  it('says when there is nothing to migrate', async () => {
    await using dir = await tempDir();
    const ran = await runVerb(['migrate', mirrorOf('1.2', 'unsigned'), '--unsigned'], dir.path);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('no build cache of layout 2') });
  });

  it('is resumed after it was stopped at any write', async () => {
    await using dir = await tempDir();
    const source = openFileStorage(mirrorOf('0.23', 'signed'));
    const target = openFileStorage(join(dir.path, 'new'));
    const { privateKey } = await makeKey();
    const how = { passphrase: undefined, choose: undefined, source: 'key', mirror: 'new' };
    const signer = await openSigner({ ...how, secretKeys: privateKey });
    const trust = await toyTrust();
    let runs = 0;
    for (let isDone = false; !isDone; runs++) {
      const controller = new AbortController();
      let writes = 0;
      const destination = openLayout3Writer(
        {
          ...target,
          put: async (...args) => {
            if (writes++ === 4) controller.abort();
            controller.signal.throwIfAborted();
            return await target.put(...args);
          },
        },
        undefined,
      );
      const more = { deleteFrom: undefined, signed: true, dryRun: false, jobs: 2, signal: controller.signal };
      isDone = await migrate({ source, destination, trust, signer, ...more }, SILENT).then(
        ({ outcomes }) => outcomes.every(({ kind }) => kind !== 'failed'),
        () => false,
      );
      assertSound(folderDocuments(join(dir.path, 'new')));
      expect(runs).toBeLessThan(20);
    }
    expect(runs).toBeGreaterThan(2);
    expectMigrated(join(dir.path, 'new'));
  });
});

function find(mirror: string, name: string, end: string): string {
  const key = [...folderDocuments(mirror).keys()].find(
    (each) => each.includes(`-${name}-`) && each.endsWith(end),
  );
  return join(mirror, key ?? '');
}

function change(mirror: string, from: string, to: string): void {
  const file = find(mirror, 'toypy', '.spec.json.sig');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

function swap(mirror: string): void {
  cpSync(find(mirror, 'toymake', '.spec.json.sig'), find(mirror, 'toypy', '.spec.json.sig'));
}

function unsign(mirror: string): void {
  const file = find(mirror, 'toypy', '.spec.json.sig');
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  const payload = /\n\n([\s\S]*)\n-----BEGIN PGP SIGNATURE/.exec(text)?.[1] ?? '';
  writeFileSync(file.replace(/\.sig$/, ''), payload);
}
