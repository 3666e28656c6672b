/** Nothing is deleted, and nothing goes out of an index, because we do not understand it. */
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runVerb } from '../../entry/run-verb.ts';
import { generateEnvironment, preOrder } from '../../harness/generate.ts';
import { type GeneratedMirror, generateMirror } from '../../harness/generate-mirror.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { changeSpecFile, replaceIndex } from '../change-entry.ts';
import { folderDocuments, indexOf, listedHashes, makeOld, publishedHashes } from '../mirror-state.ts';

const environment = generateEnvironment({ specs: 8 });
const built = [...environment.nodes.values()].filter(({ external }) => external === undefined);
const root = environment.nodes.get(environment.roots[0]?.hash ?? '');
if (root === undefined) throw new Error('no root');
const { hash } = root;

interface Scene {
  readonly dir: TempDir;
  readonly mirror: string;
  /** Of the root's entry, which nothing else depends on. */
  readonly entry: GeneratedMirror['entries'] extends ReadonlyMap<string, infer E> ? E : never;
  readonly other: Scene['entry'];
  readonly run: (...args: string[]) => ReturnType<typeof runVerb>;
}

async function scene(options: Parameters<typeof generateMirror>[2] = {}): Promise<Scene> {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  const { entries } = await generateMirror(mirror, environment, options);
  // What is missing of young entries may be on its way here.
  makeOld(mirror, 2);
  const [entry, other] = [entries.get(hash), [...entries].find(([each]) => each !== hash)?.[1]];
  if (entry === undefined || other === undefined) throw new Error('no entry');
  return { dir, mirror, entry, other, run: (...args) => runVerb(args, dir.path) };
}

const repair = async ({ run, mirror }: Scene, verify = 'all') => {
  const ran = await run('check-index', mirror, '--unsigned', '--verify', verify, '--repair', '--json');
  return { code: ran.code, report: JSON.parse(ran.out) };
};

/** What a spec file may say that is beyond us: changes of the document, in blobs that are what they should be. */
const STRANGE: [string, (json: string) => string][] = [
  ['a dependency type of tomorrow', (json) => json.replace('"deptypes":["', '"deptypes":["wish","')],
  ['a shape that is another', (json) => json.replace('"arch":{', '"platform":{')],
  [
    'content that does not give its hash',
    (json) => json.replace('"namespace":"builtin"', '"namespace":"mine"'),
  ],
  ['a format of tomorrow', (json) => json.replace('"_meta":{"version":5}', '"_meta":{"version":99}')],
  [
    'an attribute without a bottom',
    (json) => json.replace('"nodes":[{', `"nodes":[{"x":${'['.repeat(300)}1.0${']'.repeat(300)},`),
  ],
  [
    'a dependency that is not in it',
    (json) => json.replace(/("dependencies":\[\{"name":"[^"]*","hash":")[^"]*/, `$1${'a'.repeat(32)}`),
  ],
  ['no nodes', () => '{"spec":{"_meta":{"version":5}}}'],
  ['no JSON', () => 'spec:\n  _meta: {version: 6}\n'],
];

describe.each(STRANGE)('an entry whose spec file has %s', (_, change) => {
  it('keeps its record in the index, and is named, exit 1', async () => {
    const it = await scene();
    await using __ = it.dir;
    const before = indexOf(folderDocuments(it.mirror));
    changeSpecFile(it.mirror, it.entry.manifest, change);
    for (const full of [[], ['--full'], ['--full']]) {
      // Without --full its record is believed, as long as nothing else about it is wrong.
      const ran = await it.run('update-index', it.mirror, ...full);
      expect(ran.code).toBe(full.length);
      if (full.length > 0) expect(ran.err).toMatch(new RegExp(`kept in the index as it was: .*${hash}`));
      expect(indexOf(folderDocuments(it.mirror))).toEqual(before);
    }
  });

  it('is left out of an index that did not list it, and named, exit 1', async () => {
    const it = await scene({ indexed: (node) => node.hash !== hash });
    await using __ = it.dir;
    changeSpecFile(it.mirror, it.entry.manifest, change);
    const ran = await it.run('update-index', it.mirror);
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/left out of the index: .*/) });
    expect(listedHashes(folderDocuments(it.mirror)).size).toBe(built.length - 1);
  });

  it('is left by --repair, and so is its record', async () => {
    const it = await scene();
    await using __ = it.dir;
    const index = indexOf(folderDocuments(it.mirror));
    changeSpecFile(it.mirror, it.entry.manifest, change);
    const before = folderDocuments(it.mirror);
    const { code, report } = await repair(it);
    expect(code).toBe(1);
    expect(report.repair).toMatchObject({ removed: [], removed_blobs: 0 });
    expect(report.repair.problems.join('\n')).toMatch(
      /is left, since another program may read it: .*--force/,
    );
    expect(folderDocuments(it.mirror)).toEqual(before);
    expect(indexOf(folderDocuments(it.mirror))).toEqual(index);
  });

  it('costs no other entry in a prune that keeps it', async () => {
    const it = await scene({ index: false });
    await using __ = it.dir;
    changeSpecFile(it.mirror, it.entry.manifest, change);
    const before = folderDocuments(it.mirror);
    writeFileSync(join(it.dir.path, 'keep'), hash);
    const args = ['--keeplist', join(it.dir.path, 'keep'), '--yes', '--grace', '0d', '--nobody-pushes'];
    const ran = await it.run('prune', it.mirror, ...args, '--json');
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out).problems.join('\n')).toMatch(
      /what it needs is not known: .*\n?.*no entry is removed/,
    );
    expect(publishedHashes(folderDocuments(it.mirror))).toEqual(publishedHashes(before));
  });
});

describe('a record that cannot be read', () => {
  it('goes on with what is below it, whether that is in the cache or not', async () => {
    const it = await scene();
    await using _ = it.dir;
    const strange = (json: string) => json.replaceAll('"deptypes":["', '"deptypes":["wish","');
    changeSpecFile(it.mirror, it.entry.manifest, strange);
    // The index itself is of the same kind, as the Spack of tomorrow would have written it.
    const manifest = join(it.mirror, 'v3/manifests/index/index.manifest.json');
    const record = JSON.parse(readFileSync(manifest, 'utf8')).data[0];
    const place = (digest: string) => join(it.mirror, 'blobs/sha256', digest.slice(0, 2), digest);
    const index = JSON.parse(readFileSync(place(record.checksum), 'utf8'));
    index.database.installs[hash] = JSON.parse(strange(JSON.stringify(index.database.installs[hash])));
    // As no JavaScript would write it: what is below may have such keys as well.
    const bent = '"x":{"10":1.0,"2":1e400},"in_buildcache":';
    replaceIndex(it.mirror, JSON.stringify(index).replaceAll('"in_buildcache":', bent));
    const before = indexOf(folderDocuments(it.mirror));
    // What is below it and only there has no entry of its own any more.
    const below = preOrder(environment.nodes, hash).find(
      (node) => node.hash !== hash && node.external === undefined,
    );
    const gone = below?.hash ?? '';
    const key = [...folderDocuments(it.mirror).keys()].find((each) => each.includes(gone)) ?? '';
    rmSync(join(it.mirror, key));
    const ran = await it.run('update-index', it.mirror);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('kept in the index as it was') });
    const after = indexOf(folderDocuments(it.mirror));
    expect(after?.get(hash)).toEqual(before?.get(hash));
    expect(after?.get(gone)).toMatchObject({ in_buildcache: false });
    expect(new Set(after?.keys())).toEqual(new Set(before?.keys()));
    const made = JSON.parse(readFileSync(manifest, 'utf8')).data[0].checksum;
    expect(readFileSync(place(made), 'utf8').split(`${bent}false`).length).toBeGreaterThan(1);
    for (const [each, value] of before ?? []) {
      const { ref_count } = value as { ref_count: number };
      expect(after?.get(each)).toMatchObject({ ref_count });
    }
  });
});

describe('what --repair takes for useless', () => {
  const cases: [string, string, (it: Scene) => void][] = [
    ['an empty manifest', 'manifests', ({ mirror, entry }) => truncateSync(join(mirror, entry.manifest))],
    [
      'a manifest of zeros, as a crash leaves it',
      'manifests',
      ({ mirror, entry }) => writeFileSync(join(mirror, entry.manifest), Buffer.alloc(512)),
    ],
    [
      'a manifest that is cut short',
      'manifests',
      ({ mirror, entry }) => truncateSync(join(mirror, entry.manifest), 100),
    ],
    [
      'a signed manifest that is cut short',
      'manifests',
      ({ mirror, entry }) =>
        writeFileSync(
          join(mirror, entry.manifest),
          `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${readFileSync(join(mirror, entry.manifest), 'utf8')}`,
        ),
    ],
    ['a tarball that is gone', 'blobs', ({ mirror, entry }) => rmSync(join(mirror, entry.tarball))],
    ['a spec file that is gone', 'manifests', ({ mirror, entry }) => rmSync(join(mirror, entry.spec))],
    [
      'a tarball that is cut short',
      'blobs',
      ({ mirror, entry }) => truncateSync(join(mirror, entry.tarball), 9),
    ],
    [
      'a spec file that is damaged',
      'manifests',
      ({ mirror, entry }) => truncateSync(join(mirror, entry.spec), 9),
    ],
    [
      "an entry in another's place that has its own",
      'manifests',
      ({ mirror, entry, other }) => cpSync(join(mirror, other.manifest), join(mirror, entry.manifest)),
    ],
  ];
  it.each(cases)('%s', async (_, verify, damage) => {
    const it = await scene();
    await using __ = it.dir;
    damage(it);
    const { report } = await repair(it, verify);
    expect(report.repair).toMatchObject({ removed: [{ hash }], problems: [] });
    const left = publishedHashes(folderDocuments(it.mirror));
    expect(left).toEqual(new Set(built.map((each) => each.hash).filter((each) => each !== hash)));
    expect(listedHashes(folderDocuments(it.mirror))).toEqual(left);
  });
});

describe('what --repair does not take for useless', () => {
  const cases: [string, RegExp, (it: Scene) => void][] = [
    [
      'a manifest that is compressed',
      /another program may read it/,
      ({ mirror, entry }) => {
        const file = join(mirror, entry.manifest);
        writeFileSync(file, gzipSync(readFileSync(file)));
      },
    ],
    [
      'a manifest in another encoding',
      /another program may read it/,
      ({ mirror, entry }) => {
        const file = join(mirror, entry.manifest);
        writeFileSync(file, Buffer.from(readFileSync(file, 'utf8'), 'utf16le'));
      },
    ],
    [
      'a manifest of another shape',
      /another program may read it/,
      ({ mirror, entry }) =>
        writeFileSync(join(mirror, entry.manifest), '{"version": 3, "data": {"blobs": 2}}'),
    ],
    [
      'a manifest with a number that only Python has',
      /another program may read it/,
      ({ mirror, entry }) => {
        const file = join(mirror, entry.manifest);
        writeFileSync(file, readFileSync(file, 'utf8').replace('"version":3', '"version":3,\n"x":NaN'));
      },
    ],
    [
      'a manifest that is wrong about a length only, which Spack does not look at',
      /the blob is what its digest says/,
      ({ mirror, entry }) => {
        const file = join(mirror, entry.manifest);
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"contentLength":\d+/, '"contentLength":7'));
      },
    ],
    [
      'the only entry of a spec, which is in another place',
      /may be the only entry of the spec/,
      ({ mirror, entry, other }) => {
        cpSync(join(mirror, other.manifest), join(mirror, entry.manifest));
        rmSync(join(mirror, other.manifest));
      },
    ],
    [
      'two entries in the places of each other',
      /may be the only entry of the spec/,
      ({ mirror, entry, other }) => {
        const text = readFileSync(join(mirror, entry.manifest));
        cpSync(join(mirror, other.manifest), join(mirror, entry.manifest));
        writeFileSync(join(mirror, other.manifest), text);
      },
    ],
    [
      'the only entry of a spec, in whose own place is none that could be read',
      /may be the only entry of the spec/,
      ({ mirror, entry, other }) => {
        cpSync(join(mirror, other.manifest), join(mirror, entry.manifest));
        writeFileSync(join(mirror, other.manifest), '{"version": 3, "data": {"blobs": 2}}');
      },
    ],
  ];
  it.each(cases)('%s', async (_, reason, change) => {
    const it = await scene();
    await using __ = it.dir;
    change(it);
    const before = publishedHashes(folderDocuments(it.mirror));
    const { code, report } = await repair(it);
    expect(code).toBe(1);
    expect(report.repair).toMatchObject({ removed: [], removed_blobs: 0 });
    expect(report.repair.problems.join('\n')).toMatch(reason);
    expect(publishedHashes(folderDocuments(it.mirror))).toEqual(before);
  });

  it('all entries, where not one blob can be seen', async () => {
    const it = await scene();
    await using _ = it.dir;
    const index = join(it.mirror, 'v3/manifests/index/index.manifest.json');
    const before = readFileSync(index, 'utf8');
    rmSync(join(it.mirror, 'blobs'), { recursive: true });
    const { code, report } = await repair(it);
    expect(code).toBe(1);
    expect(report.repair.removed).toEqual([]);
    expect(report.repair.problems.join('\n')).toMatch(/shows no blob at all: is it mounted whole\?/);
    expect(publishedHashes(folderDocuments(it.mirror)).size).toBe(built.length);
    expect(readFileSync(index, 'utf8')).toBe(before);
    const updated = await it.run('update-index', it.mirror, '--full');
    expect(updated).toMatchObject({ code: 1, err: expect.stringContaining('the index stays as it is') });
    expect(readFileSync(index, 'utf8')).toBe(before);
  });
});
