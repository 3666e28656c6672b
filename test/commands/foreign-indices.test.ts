/** A gate whose folder of indices was carried in a cache, in which a stranger's job may have written anything. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compactForm, readHere } from '../../src/cache/index/forms.ts';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { sha256 } from '../../src/core/digest.ts';
import { copyMirror, environmentOf, type SpackVersion } from '../entry/command-line.ts';
import { type Ran, runVerb } from '../entry/run-verb.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

interface Gate {
  readonly folder: string;
  /** An index that lists everything. */
  readonly whole: Buffer;
  check(...args: string[]): Promise<Ran>;
}

/** A mirror that has lost a spec, also from its index, and what an honest run has kept of it. */
async function withGate(version: SpackVersion, action: (gate: Gate) => Promise<void>): Promise<void> {
  await using dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  await copyMirror(version, 'unsigned', mirror);
  await cp(environmentOf(version), join(dir.path, 'env'), { recursive: true });
  const whole = readFileSync(indexOf(version, mirror));
  const { database } = JSON.parse(whole.toString());
  for (const record of Object.values<{ spec: { name: string }; in_buildcache?: boolean }>(database.installs))
    if (record.spec.name === 'zlib-toy') record.in_buildcache = false;
  if (version === '1.2') {
    rmSync(join(mirror, 'v3/manifests/spec/zlib-toy'), { recursive: true });
    expect((await runVerb(['update-index', mirror], dir.path)).code).toBe(0);
  } else {
    const folder = join(mirror, 'build_cache');
    writeFileSync(join(folder, 'index.json'), JSON.stringify({ database }));
    rmSync(join(folder, 'index.json.hash'));
    for (const name of readdirSync(folder)) if (/zlib-toy.*spec.json/.test(name)) rmSync(join(folder, name));
  }
  await using server = await startHttpServer({ root: dir.path });
  const check = (...args: string[]) =>
    runVerb(['check', '-e', 'env', '-m', `${server.url}/mirror`, ...args], dir.path);
  expect(await check()).toMatchObject(MISSING);
  await action({ folder: join(dir.path, '.cache/buildcache/index'), whole, check });
}

const MISSING = { code: 1, out: expect.stringMatching(/1 of [56] specs is missing/) };

function indexOf(version: SpackVersion, mirror: string): string {
  if (version === '0.23') return join(mirror, 'build_cache/index.json');
  const text = readFileSync(join(mirror, 'v3/manifests/index/index.manifest.json'), 'utf8');
  const digest: string = JSON.parse(text).data[0].checksum;
  return join(mirror, `blobs/sha256/${digest.slice(0, 2)}/${digest}`);
}

/** The names of the pointers in a folder, with what they say. */
function pointers(folder: string) {
  const names = readdirSync(folder).filter((name) => name.startsWith('mirror-'));
  return names.map(
    (name) => [join(folder, name), JSON.parse(readFileSync(join(folder, name), 'utf8'))] as const,
  );
}

/** The document of a stranger, and the compact form that he has made of it under another document's name. */
async function plant({ folder, whole }: Gate, document: string): Promise<void> {
  await using theirs = await tempDir();
  const reading = readHere([whole] as unknown as AsyncIterable<Buffer>, 'x', async () => document);
  writeFileSync(join(theirs.path, `${document}.index`), whole);
  await (await compactForm(reading, openIndexStore(theirs.path, join(theirs.path, 'state')))).close();
  const [name = ''] = readdirSync(theirs.path).filter((each) => each.includes('.compact-'));
  expect(existsSync(join(theirs.path, name))).toBe(true);
  await cp(join(theirs.path, name), join(folder, name));
  writeFileSync(join(folder, `${document}.index`), whole);
}

test.each<SpackVersion>(['1.2', '0.23'])(
  'no compact form of a stranger makes a spec of Spack %s seem present',
  async (version) => {
    await withGate(version, async (gate) => {
      for (const [, { document }] of pointers(gate.folder)) await plant(gate, document);
      expect(await gate.check()).toMatchObject(MISSING);
      expect(await gate.check()).toMatchObject(MISSING);
    });
  },
);

test.each<SpackVersion>(['1.2', '0.23'])(
  'no pointer of a stranger leads to another index of Spack %s',
  async (version) => {
    await withGate(version, async (gate) => {
      const document = sha256(gate.whole);
      await plant(gate, document);
      for (const [file, pointer] of pointers(gate.folder)) {
        writeFileSync(file, JSON.stringify({ ...pointer, document }));
      }
      expect(await gate.check()).toMatchObject(MISSING);
    });
  },
);

test('no pointer of a stranger keeps a mirror from being asked', async () => {
  await withGate('1.2', async (gate) => {
    const document = sha256(gate.whole);
    await plant(gate, document);
    for (const [file, { location }] of pointers(gate.folder)) {
      const theirs = { location: { ...location, sha256: document }, document, asked: Date.now() };
      writeFileSync(file, JSON.stringify(theirs));
    }
    expect(await gate.check('--index-ttl', '3600')).toMatchObject(MISSING);
    expect(await gate.check('--index-ttl', '3600')).toMatchObject(MISSING);
  });
});
