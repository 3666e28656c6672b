import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLayout3 } from '../../../../src/cache/layouts/layout3.ts';
import { openTrust } from '../../../../src/cache/trust/trust.ts';
import { checkIndex } from '../../../../src/commands/check-index.ts';
import { sha256 } from '../../../../src/core/digest.ts';
import { SILENT } from '../../../../src/report/reporter.ts';
import { openFileStorage } from '../../../../src/storage/file/file.ts';
import { makeKey } from '../../../cache/keys.ts';
import { copyMirror, FIXTURES, fixtureGraph } from '../../../cache/mirror-fixture.ts';
import {
  assertSound,
  folderDocuments,
  listedHashes,
  makeOld,
  manifestRecords,
  publishedHashes,
} from '../../../cache/mirror-state.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

interface Report {
  readonly exit_code: number;
  readonly right: boolean;
  readonly index: { readonly kind: string };
  readonly entries: number;
  readonly missing: string[];
  readonly unindexed: { readonly hash: string }[];
  readonly counts: Record<string, number>;
  readonly problems: { readonly kind: string; readonly key: string; readonly text: string }[];
  readonly unknown: string[];
  readonly unsigned: number | null;
  readonly blobs: { readonly count: number } | null;
  readonly orphans: { readonly count: number } | null;
  readonly repair: { readonly removed: unknown[]; readonly problems: string[] } | null;
}

const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';

async function mirrorCopy(kind: 'signed' | 'unsigned' = 'signed') {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', kind, mirror);
  const check = async (...args: string[]): Promise<Report & { code: number }> => {
    const { code, out, err } = await runVerb(['check-index', mirror, '--json', ...args], dir.path);
    expect(out, err).not.toBe('');
    const report: Report = JSON.parse(out);
    expect(report.exit_code).toBe(code);
    return { ...report, code };
  };
  const keyOf = (name: string) => {
    const key = [...folderDocuments(mirror).keys()].find((each) => each.includes(`spec/${name}/`));
    return key ?? '';
  };
  const blobsOf = (name: string) =>
    manifestRecords(readFileSync(join(mirror, keyOf(name)))).map(
      ({ checksum }) => `blobs/sha256/${checksum.slice(0, 2)}/${checksum}`,
    );
  return { dir, mirror, cwd: dir.path, check, keyOf, blobsOf };
}

describe('check-index of a mirror that Spack made', () => {
  it.each(['exists', 'manifests', 'blobs', 'all'])('finds nothing wrong (%s)', async (verify) => {
    const { dir, check } = await mirrorCopy();
    await using _ = dir;
    const report = await check('--verify', verify);
    expect(report).toMatchObject({
      code: 0,
      right: true,
      entries: 6,
      missing: [],
      unindexed: [],
      problems: [],
    });
    expect(report.unsigned).toBe(verify === 'exists' ? null : 0);
    expect(report.orphans).toEqual(verify === 'blobs' || verify === 'all' ? { count: 0, bytes: 0 } : null);
  });

  it.each([
    ['MIRROR --verify exists manifests', 'manifests'],
    ['MIRROR --verify blobs exists', 'blobs'],
    ['--verify exists manifests blobs -- MIRROR', 'blobs'],
    ['--verify exists MIRROR', 'names'],
    ['--verify manifests MIRROR all', 'blobs'],
    ['MIRROR --verify exists --verify blobs', 'blobs'],
    ['all', 'names'],
  ])('takes several words as Spack does, and looks at the most of them: %s', async (line, how) => {
    const { dir, mirror, cwd } = await mirrorCopy();
    await using _ = dir;
    const mirrors = join(cwd, 'mirrors.yaml');
    writeFileSync(mirrors, JSON.stringify({ all: mirror }));
    const args = line.split(' ').map((word) => (word === 'MIRROR' ? mirror : word));
    const ran = await runVerb(['check-index', '--json', '--mirrors', mirrors, ...args], cwd);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const report = JSON.parse(ran.out);
    expect(report).toMatchObject({ entries: 6, right: true });
    const looksAt = report.orphans !== null ? 'blobs' : report.unsigned !== null ? 'manifests' : 'names';
    expect(looksAt).toBe(how);
  });

  it.each(['MIRROR MIRROR', '--verify all blobs', 'MIRROR other --verify all'])(
    'refuses what is not one mirror: %s',
    async (line) => {
      const { dir, mirror, cwd } = await mirrorCopy();
      await using _ = dir;
      const args = line.split(' ').map((word) => (word === 'MIRROR' ? mirror : word));
      const { code, err } = await runVerb(['check-index', ...args], cwd);
      expect([code, err]).toEqual([2, expect.stringMatching(/^error: [^\n]*\n$/)]);
    },
  );

  it.each(['signed', 'unsigned'] as const)('reads layout 2 as well (%s)', async (kind) => {
    await using dir = await tempDir();
    const mirrors = join(dir.path, 'mirrors.yaml');
    writeFileSync(mirrors, `old: {url: ${mirrorOf('0.23', kind)}, signed: ${kind === 'signed'}}`);
    const args = ['check-index', 'old', '--mirrors', mirrors, '--verify', 'all', '--json'];
    const { code, out } = await runVerb(args, dir.path);
    expect(JSON.parse(out)).toMatchObject({ layout: 'v2', entries: 5, right: true, problems: [] });
    expect(code).toBe(0);
  });

  it('says in words and in a job summary what there is', async () => {
    const { dir, mirror, cwd } = await mirrorCopy();
    await using _ = dir;
    const summary = join(cwd, 'summary');
    writeFileSync(summary, '');
    const ran = await runVerb(['check-index', mirror, '--verify', 'exists,blobs'], cwd, {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/Entries: 6\n.*Index: lists 6 \(\d+ records\)\nNot indexed: 0\nUnsigned: 0\n/);
    expect(ran.out).toMatch(/Last 7 days: 6 entries, /);
    expect(ran.out).toMatch(/The mirror is right\.\n$/);
    const text = readFileSync(summary, 'utf8');
    expect(text).toContain('## ✅ The mirror is right');
    expect(text).toContain('| Entries | 6 |');
    const shallow = await runVerb(['check-index', mirror], cwd);
    expect(shallow.out).toMatch(/right as far as names tell/);
  });

  it("writes Spack's file", async () => {
    const { dir, check, mirror, cwd, blobsOf } = await mirrorCopy();
    await using _ = dir;
    const [blob = ''] = blobsOf('toypy');
    rmSync(join(mirror, blob));
    await check('--verify', 'blobs', '-o', 'out/details.json');
    expect(JSON.parse(readFileSync(join(cwd, 'out/details.json'), 'utf8'))).toEqual({
      exists: true,
      manifests: { missing: [], unindexed: [] },
      blobs: {
        missing: {
          [hashOf('toypy')]: [
            {
              contentLength: expect.any(Number),
              checksumAlgorithm: 'sha256',
              checksum: blob.slice(-64),
            },
          ],
        },
      },
    });
  });
});

describe('check-index --repair', () => {
  type Mirror = Awaited<ReturnType<typeof mirrorCopy>>;
  const faults: [string, string, (mirror: Mirror) => void, Partial<Record<keyof Report, unknown>>][] = [
    [
      'an entry that is not there',
      'exists',
      ({ mirror, keyOf }) => rmSync(join(mirror, keyOf('toypy'))),
      { missing: [hashOf('toypy')] },
    ],
    [
      'an index that is damaged',
      'exists',
      ({ mirror }) => {
        const key = 'v3/manifests/index/index.manifest.json';
        const [record] = manifestRecords(readFileSync(join(mirror, key)));
        const digest = record?.checksum ?? '';
        appendFileSync(join(mirror, 'blobs/sha256', digest.slice(0, 2), digest), ' ');
      },
      { index: { kind: 'broken', reason: expect.any(String) } },
    ],
    [
      'an index that is damaged in its length',
      'exists',
      ({ mirror }) => {
        const [record] = manifestRecords(
          readFileSync(join(mirror, 'v3/manifests/index/index.manifest.json')),
        );
        const digest = record?.checksum ?? '';
        const file = join(mirror, 'blobs/sha256', digest.slice(0, 2), digest);
        writeFileSync(file, Buffer.alloc(readFileSync(file).length, ' '));
      },
      { index: { kind: 'broken', reason: expect.any(String) } },
    ],
    [
      'no index at all',
      'exists',
      ({ mirror }) => rmSync(join(mirror, 'v3/manifests/index'), { recursive: true }),
      { index: { kind: 'none' } },
    ],
    [
      'an entry that is none',
      'manifests',
      ({ mirror, keyOf }) => writeFileSync(join(mirror, keyOf('toypy')), '{html}\u001b[31m'),
      { counts: { malformed: 1 } },
    ],
    [
      "another spec's entry",
      'manifests',
      ({ mirror, keyOf }) => cpSync(join(mirror, keyOf('toymake')), join(mirror, keyOf('toypy'))),
      { counts: { misfiled: 1 } },
    ],
    [
      'a spec file that is missing',
      'manifests',
      ({ mirror, blobsOf }) => rmSync(join(mirror, blobsOf('toypy')[1] ?? '')),
      { counts: { 'blob-missing': 1 } },
    ],
    [
      'a tarball that is missing',
      'blobs',
      ({ mirror, blobsOf }) => rmSync(join(mirror, blobsOf('toypy')[0] ?? '')),
      { counts: { 'blob-missing': 1 } },
    ],
    [
      'a tarball that is cut short',
      'blobs',
      ({ mirror, blobsOf }) => writeFileSync(join(mirror, blobsOf('toypy')[0] ?? ''), 'short'),
      { counts: { 'blob-size': 1 } },
    ],
    [
      'a tarball that is damaged',
      'all',
      ({ mirror, blobsOf }) => {
        const file = join(mirror, blobsOf('toypy')[0] ?? '');
        const bytes = readFileSync(file);
        bytes[100] = (bytes[100] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
      { counts: { 'blob-corrupt': 1 } },
    ],
  ];

  it.each(faults)('finds and repairs %s (%s)', async (_, verify, damage, expected) => {
    const copy = await mirrorCopy();
    await using __ = copy.dir;
    // What is missing of young entries may be on its way here.
    makeOld(copy.mirror, 2);
    damage(copy);
    const before = folderDocuments(copy.mirror);
    const found = await copy.check('--verify', verify);
    expect(found).toMatchObject({ code: 1, right: false, repair: null, ...expected });
    expect(folderDocuments(copy.mirror)).toEqual(before);
    const repaired = await copy.check('--verify', verify, '--repair');
    expect(repaired).toMatchObject({ code: 0, right: true, repair: { problems: [] } });
    expect(await copy.check('--verify', 'all')).toMatchObject({ code: 0 });
    const documents = folderDocuments(copy.mirror);
    assertSound(documents);
    expect(publishedHashes(documents).size).toBe(verify === 'exists' && !found.missing.length ? 6 : 5);
    expect(listedHashes(documents)).toEqual(publishedHashes(documents));
  });

  it('puts back what a prune that was killed had moved aside', async () => {
    const { dir, mirror, check, blobsOf } = await mirrorCopy();
    await using _ = dir;
    const [blob = ''] = blobsOf('toypy');
    const storage = openFileStorage(mirror);
    await storage.move?.(blob, `blobs/pruned/${blob.slice(-64)}.${Date.now()}-01234567`);
    expect(await check('--verify', 'blobs')).toMatchObject({ code: 1, counts: { 'blob-missing': 1 } });
    expect(await check('--verify', 'blobs', '--repair')).toMatchObject({
      code: 0,
      entries: 6,
      repair: { put_back: 1, removed: [] },
    });
  });

  it('does not remove what is only unsigned, and indexes what was not', async () => {
    const { dir, mirror, check } = await mirrorCopy('unsigned');
    await using _ = dir;
    rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
    const repaired = await check('--verify', 'all', '--repair');
    expect(repaired).toMatchObject({
      code: 1,
      counts: { unsigned: 6 },
      unsigned: 6,
      repair: { removed: [] },
    });
    expect(listedHashes(folderDocuments(mirror)).size).toBe(6);
    expect(await check('--verify', 'all', '--unsigned')).toMatchObject({ code: 0, unsigned: 6 });
  });

  it('removes nothing that another program, or we at another time, could read', async () => {
    const { dir, mirror, check, keyOf } = await mirrorCopy();
    await using _ = dir;
    // What something on the way says instead of the mirror.
    writeFileSync(join(mirror, keyOf('toypy')), '<html>please log in</html>');
    const repaired = await check('--verify', 'all', '--repair');
    expect(repaired).toMatchObject({ code: 1, counts: { unreadable: 1 }, repair: { removed: [] } });
    // What is larger than we read may name any blob.
    writeFileSync(join(mirror, keyOf('toymake')), ' '.repeat(9 * 1024 * 1024));
    const checked = await check('--verify', 'all');
    expect(checked).toMatchObject({ code: 2, counts: { unreadable: 2 }, orphans: null });
    await runVerb(['check-index', mirror, '--verify', 'all', '--repair'], dir.path);
    expect(publishedHashes(folderDocuments(mirror)).size).toBe(6);
  });

  it('removes nothing that needs a newer program, and puts nothing older in its place', async () => {
    const { dir, mirror, check, keyOf } = await mirrorCopy();
    await using _ = dir;
    writeFileSync(join(mirror, keyOf('toypy')), '{"version":4,"blobs":"elsewhere"}');
    const repaired = await check('--verify', 'all', '--repair');
    expect(repaired).toMatchObject({ code: 1, counts: { unreadable: 1 }, orphans: null });
    expect(repaired).toMatchObject({ repair: { removed: [] } });
    expect(repaired.problems[0]?.text).toMatch(/needs a newer program; expected version 3, found version 4/);
    expect(publishedHashes(folderDocuments(mirror)).size).toBe(6);
    // The index itself.
    const index = join(mirror, 'v3/manifests/index/index.manifest.json');
    const before = readFileSync(index, 'utf8');
    for (const text of ['{"version":4}', before.replace('spack.db.v8+json', 'spack.sqlite.v1')]) {
      writeFileSync(index, text);
      expect(await check()).toMatchObject({ code: 2, index: { kind: 'broken' }, missing: [] });
      for (const args of [['check-index', '--repair'], ['update-index']]) {
        const ran = await runVerb([...args, mirror], dir.path);
        expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('needs a newer program') });
      }
      expect(readFileSync(index, 'utf8')).toBe(text);
    }
  });

  it('leaves an index whose records are newer', async () => {
    const { dir, mirror, check } = await mirrorCopy();
    await using _ = dir;
    const key = 'v3/manifests/index/index.manifest.json';
    const manifest = readFileSync(join(mirror, key), 'utf8');
    const [record] = manifestRecords(Buffer.from(manifest));
    const old = record?.checksum ?? '';
    const text = readFileSync(join(mirror, 'blobs/sha256', old.slice(0, 2), old), 'utf8');
    const newer = Buffer.from(text.replace('"version":"8"', '"version":"10"'));
    const digest = sha256(newer);
    mkdirSync(join(mirror, 'blobs/sha256', digest.slice(0, 2)), { recursive: true });
    writeFileSync(join(mirror, 'blobs/sha256', digest.slice(0, 2), digest), newer);
    const size = `"contentLength":${text.length}`;
    const named = manifest.replace(old, digest).replace(size, `"contentLength":${newer.length}`);
    writeFileSync(join(mirror, key), named);
    const found = await check();
    expect(found).toMatchObject({ code: 2, index: { kind: 'broken' } });
    expect(found.unknown.join()).toMatch(/needs a newer program.*found version 10/);
    const ran = await runVerb(['update-index', mirror], dir.path);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('needs a newer program') });
    expect(readFileSync(join(mirror, key), 'utf8')).toContain(digest);
  });

  it('says that another layout is there, too', async () => {
    const { dir, mirror } = await mirrorCopy();
    await using _ = dir;
    const run = (...args: string[]) => runVerb(['check-index', mirror, ...args], dir.path);
    expect((await run()).err).toBe('');
    cpSync(join(mirrorOf('0.23', 'signed'), 'build_cache'), join(mirror, 'build_cache'), { recursive: true });
    for (const args of [[], ['--repair']]) {
      const { code, err } = await run(...args);
      expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/layout 2, too.*not looked at/) });
    }
  });

  it('keeps a blob that one manifest is wrong about and another right, and both of them', async () => {
    const { dir, mirror, check, keyOf, blobsOf } = await mirrorCopy('unsigned');
    await using _ = dir;
    const read = (name: string) => JSON.parse(readFileSync(join(mirror, keyOf(name)), 'utf8'));
    const [wrong, right] = [read('toypy'), read('toymake')];
    const theirs = right.data.find(({ mediaType }: { mediaType: string }) => mediaType.includes('install'));
    wrong.data = wrong.data.map((record: { mediaType: string }) =>
      record.mediaType.includes('install') ? { ...theirs, contentLength: theirs.contentLength + 1 } : record,
    );
    writeFileSync(join(mirror, keyOf('toypy')), JSON.stringify(wrong));
    await check('--verify', 'all', '--repair');
    expect([...folderDocuments(mirror).keys()]).toEqual(expect.arrayContaining(blobsOf('toymake')));
    // Spack goes by the digest alone.
    expect(publishedHashes(folderDocuments(mirror)).size).toBe(6);
  });

  it('goes on beside a view that is damaged, and says so', async () => {
    const { dir, mirror, check, keyOf } = await mirrorCopy();
    await using _ = dir;
    mkdirSync(join(mirror, 'v3/manifests/index/mine'));
    writeFileSync(join(mirror, 'v3/manifests/index/mine/index.manifest.json'), '{}');
    writeFileSync(join(mirror, keyOf('toypy')), '{');
    const { code, repair, entries } = await check('--verify', 'manifests', '--repair');
    expect({ code, entries }).toEqual({ code: 1, entries: 5 });
    expect(repair?.problems.join('\n')).toContain('the view is damaged');
  });
});

describe('check-index', () => {
  it('checks a view by what it lists', async () => {
    const { dir, mirror, check, cwd, keyOf } = await mirrorCopy();
    await using _ = dir;
    const lock = join(FIXTURES, 'spack-1.2/env/spack.lock');
    await runVerb(['update-index', mirror, lock, '-n', 'mine'], cwd);
    rmSync(join(mirror, keyOf('libtoy')));
    expect(await check('-n', 'mine')).toMatchObject({
      code: 1,
      view: 'mine',
      missing: [hashOf('libtoy')],
      unindexed: [],
    });
  });

  it('counts blobs nothing names without minding them', async () => {
    const { dir, mirror, check, keyOf } = await mirrorCopy();
    await using _ = dir;
    rmSync(join(mirror, keyOf('toymake')));
    await check('--repair');
    // Its two blobs, and the index that listed it.
    expect(await check('--verify', 'blobs')).toMatchObject({ code: 0, orphans: { count: 3 } });
  });

  it('tells whose signatures count', async () => {
    const { dir, mirror } = await mirrorCopy();
    await using _ = dir;
    const ci = readFileSync(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8');
    const stranger = (await makeKey()).publicKey;
    const check = async (text: string) =>
      await checkIndex(
        {
          reader: openLayout3(openFileStorage(mirror), undefined),
          view: undefined,
          verify: 'manifests',
          signed: true,
          trust: await openTrust({ keys: [{ text, source: 'keys' }], fingerprints: [] }),
          jobs: 4,
          maxIndexBytes: 1e9,
          signal: new AbortController().signal,
        },
        SILENT,
      );
    expect((await check(ci)).problems).toEqual([]);
    expect((await check(stranger)).problems.map(({ kind }) => kind)).toEqual(Array(6).fill('untrusted'));
  });

  it('is no answer about a place that is no mirror, or that cannot be asked', async () => {
    await using dir = await tempDir();
    const nothing = await runVerb(['check-index', `${dir.path}/none`], dir.path);
    expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining('there is no build cache') });
    const refused = await runVerb(['check-index', 'http://127.0.0.1:9/x', '--retries', '0'], dir.path);
    expect(refused.code).toBe(2);
    const wrong = await runVerb(['check-index', dir.path, '--verify', 'blobs,some'], dir.path);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('exists, manifests') });
  });
});
