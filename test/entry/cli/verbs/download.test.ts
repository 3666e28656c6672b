import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/core/digest.ts';
import { startHttpServer } from '../../../harness/http-server.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { environmentOf, FIXTURES, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const TOY = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';
const KEY = join(FIXTURES, 'toy-ci.pub.asc');
const TOYAPP = { '1.2': 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg', '0.23': 'j7wgytzv7plmpiydy4kevvli74mxsz4i' };

describe.each(['1.2', '0.23'] as const)('buildcache download, from the mirrors of Spack %s', (version) => {
  const hash = TOYAPP[version];
  const args = ['download', '-e', environmentOf(version), '-p', 'out', '-s', 'toyapp'];
  const signed = ['-m', mirrorOf(version, 'signed')];

  it('downloads what a trusted key has signed, by file or by fingerprint', async () => {
    for (const key of [KEY, TOY]) {
      await using dir = await tempDir();
      const { code, out, err } = await runVerb(
        [...args, ...signed, '--trusted-keys', key, '--json'],
        dir.path,
      );
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const found = JSON.parse(out);
      const mirror = pathToFileURL(mirrorOf(version, 'signed')).href;
      expect(found).toMatchObject({ version: 1, hash, mirror, signed_by: TOY });
      expect(sha256(readFileSync(found.tarball))).toBe(found.sha256);
      expect(JSON.parse(readFileSync(found.spec_file, 'utf8')).spec.nodes[0].hash).toBe(hash);
      expect(readdirSync(join(dir.path, 'out')).sort()).toEqual([
        `toyapp-1.0-${hash}.spack`,
        `toyapp-1.0-${hash}.spec.json`,
      ]);
    }
  });

  it('leaves nothing of what nobody trusted has signed, and says what to do', async () => {
    await using dir = await tempDir();
    for (const mirror of [signed, ['-m', mirrorOf(version, 'unsigned')]]) {
      const { code, err } = await runVerb([...args, ...mirror], dir.path);
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringMatching(/error:.*no key is trusted.*--trusted-keys .*--unsigned/),
      });
      expect(readdirSync(join(dir.path, 'out'))).toEqual([]);
    }
  });

  it('downloads without signatures where that is asked for, with a warning', async () => {
    await using dir = await tempDir();
    const { code, err } = await runVerb([...args, '-m', mirrorOf(version, 'unsigned'), '-u'], dir.path);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('signatures are not verified') });
    expect(readdirSync(join(dir.path, 'out'))).toHaveLength(2);
  });
});

describe('buildcache download', () => {
  it('trusts the keyring, keeps the blob for the next time, and takes no tarball but the pinned one', async () => {
    await using dir = await tempDir();
    await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed') });
    await runVerb(['keys', '-i', '-t', '-m', server.url], dir.path);
    const args = [
      'download',
      '-e',
      environmentOf('1.2'),
      '-m',
      server.url,
      '-p',
      'out',
      '--json',
      '-s',
      'toyapp',
    ];
    const first = JSON.parse((await runVerb(args, dir.path)).out);
    const tarball = `/blobs/sha256/${first.sha256.slice(0, 2)}/${first.sha256}`;
    const asked = () => server.requests.filter(({ path }) => path === tarball).length;
    expect(asked()).toBe(1);
    expect(await runVerb([...args, '--sha256', `sha256:${first.sha256}`], dir.path)).toMatchObject({
      code: 0,
      err: '',
    });
    expect(asked()).toBe(1);
    const other = await runVerb([...args, '--sha256', 'ab'.repeat(32)], dir.path);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('not the one that was pinned') });
  });

  it('clears away, a day later, what a killed one has left', async () => {
    await using dir = await tempDir();
    const folders = ['.download-aB3x9z', '.download-young1', '.download-else-', 'download-aB3x9z'];
    for (const name of folders) mkdirSync(join(dir.path, name));
    for (const name of ['tarball', '.buildcache-temporary'])
      writeFileSync(join(dir.path, '.download-aB3x9z', name), '');
    for (const name of folders.filter((one) => !one.includes('young')))
      utimesSync(join(dir.path, name), 0, 0);
    const args = [
      '-e',
      environmentOf('1.2'),
      '-m',
      mirrorOf('1.2', 'signed'),
      '--trusted-keys',
      KEY,
      '-p',
      '.',
    ];
    expect(await runVerb(['download', ...args, '-s', 'toyapp'], dir.path)).toMatchObject({ code: 0 });
    expect(readdirSync(dir.path)).toEqual(expect.arrayContaining(folders.slice(1)));
    expect(readdirSync(dir.path)).not.toContain('.download-aB3x9z');
  });

  it('takes a spec file instead of an environment', async () => {
    await using dir = await tempDir();
    const trusted = ['-m', mirrorOf('1.2', 'signed'), '--trusted-keys', KEY];
    const saved = await runVerb(
      [
        'save-specfile',
        '-e',
        environmentOf('1.2'),
        '--root-spec',
        'toyapp',
        '-s',
        'toyapp',
        '--specfile-dir',
        '.',
      ],
      dir.path,
    );
    expect(saved).toMatchObject({ code: 0, err: '', out: `${join(dir.path, 'toyapp.json')}\n` });
    const found = await runVerb(
      ['download', ...trusted, '-p', 'out', '--spec-file', 'toyapp.json'],
      dir.path,
    );
    expect(found).toMatchObject({ code: 0, err: '' });
    for (const wrong of [[], ['--spec', 'toyapp', '--spec-file', 'toyapp.json']]) {
      const { code, err } = await runVerb(['download', ...trusted, '-p', 'out', ...wrong], dir.path);
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringContaining('one of --spec and --spec-file'),
      });
    }
  });

  it('says so when no mirror has it, or the spec is not one', async () => {
    await using dir = await tempDir();
    const args = [
      'download',
      '-e',
      environmentOf('1.2'),
      '-m',
      './empty',
      '-p',
      'out',
      '--trusted-keys',
      KEY,
      '-s',
    ];
    const none = await runVerb([...args, 'toyapp'], dir.path);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('no mirror has toyapp@1.0') });
    expect((await runVerb([...args, 'nothing'], dir.path)).err).toContain(
      'no spec of the environment matches',
    );
  });
});

describe('buildcache save-specfile', () => {
  it('saves what Spack saves: the spec file of the cache without what is about the cache', async () => {
    await using dir = await tempDir();
    const { code, out } = await runVerb(
      [
        'save-specfile',
        '-e',
        environmentOf('1.2'),
        '--root-spec',
        'toyapp',
        '-s',
        'libtoy toyapp gcc-runtime',
        '--specfile-dir',
        'specs',
      ],
      dir.path,
    );
    expect(code).toBe(0);
    expect(out.split('\n')).toHaveLength(4);
    const files = readdirSync(join(dir.path, 'specs')).sort();
    expect(files).toEqual(['gcc-runtime.json', 'libtoy.json', 'toyapp.json']);
    const blobs = join(mirrorOf('1.2', 'unsigned'), 'blobs/sha256');
    const documents = (readdirSync(blobs, { recursive: true, encoding: 'utf8' }) as string[])
      .filter((name) => name.includes('/'))
      .map((name) => readFileSync(join(blobs, name)))
      .filter((bytes) => bytes[0] === 0x1f)
      .map((bytes) => gunzipSync(bytes).toString('utf8'));
    for (const file of files) {
      const text = readFileSync(join(dir.path, 'specs', file), 'utf8');
      expect(documents).toContain(`${text.slice(0, -1)},"buildcache_layout_version":2}`);
    }
  });

  it('saves nothing where one of them matches nothing', async () => {
    await using dir = await tempDir();
    const args = [
      'save-specfile',
      '-e',
      environmentOf('1.2'),
      '--root-spec',
      'libtoy',
      '--specfile-dir',
      'specs',
    ];
    for (const specs of ['toyapp', 'zlib-toy toyapp']) {
      const { code, err } = await runVerb([...args, '-s', specs], dir.path);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('nothing in libtoy matches') });
    }
    expect(readdirSync(dir.path)).toEqual([]);
  });
});

describe('buildcache get-buildcache-name', () => {
  it('prints the name', async () => {
    await using dir = await tempDir();
    const args = ['get-buildcache-name', '-e', environmentOf('1.2')];
    const name = `toyapp-1.0-${TOYAPP['1.2']}`;
    expect(await runVerb([...args, '--spec', 'toyapp'], dir.path)).toEqual({
      code: 0,
      out: `${name}\n`,
      err: '',
    });
    expect(JSON.parse((await runVerb([...args, '-s', '/e5gsqvj', '--json'], dir.path)).out)).toMatchObject({
      name,
    });
    writeFileSync(join(dir.path, 'x.json'), '{}');
    expect(await runVerb([...args, '--spec-file', 'x.json'], dir.path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not a spec file'),
    });
  });
});
