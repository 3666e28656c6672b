import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDesignated, makeKey } from '../../../cache/keys.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { FIXTURES, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const TOY = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';

describe('buildcache keys', () => {
  it.each(['1.2', '0.23'] as const)(
    'shows the keys of the mirror of Spack %s, and trusts none by itself',
    async (version) => {
      await using dir = await tempDir();
      const { code, out, err } = await runVerb(['keys', '-m', mirrorOf(version, 'signed')], dir.path);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`${TOY}  not trusted\n    Toy CI`);
      expect(out).toContain('does not expire');
      expect(readdirSync(dir.path)).toEqual([]);
    },
  );

  it('trusts keys with --install --trust, says so, and keeps that', async () => {
    await using dir = await tempDir();
    const args = ['keys', '-m', mirrorOf('1.2', 'signed')];
    for (const half of ['-i', '-t']) {
      const { code, err } = await runVerb([...args, half], dir.path);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('both --install and --trust') });
    }
    expect(readdirSync(dir.path)).toEqual([]);
    const added = await runVerb([...args, '-i', '-t', TOY.toLowerCase()], dir.path);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toContain(`${TOY}  trusted from now on`);
    expect(readdirSync(join(dir.path, '.local/share/buildcache/keys'))).toEqual([`${TOY}.asc`]);
    const shown = JSON.parse((await runVerb([...args, '--json'], dir.path)).out);
    expect(shown).toMatchObject({
      version: 1,
      mirrors: [
        { keys: [{ fingerprint: TOY, state: 'trusted', expires: null, problem: null }], problems: [] },
      ],
      missing: [],
    });
  });

  it('says that a key stays trusted which another is said to have revoked, until the key of that one is offered', async () => {
    await using dir = await tempDir();
    const mirror = join(dir.path, 'mirror');
    mkdirSync(mirror);
    const { fingerprint, before, revoked, revoker } = await makeDesignated();
    const ask = async (offered: string) => {
      const file = join(dir.path, 'key.asc');
      writeFileSync(file, offered);
      await runVerb(['keys', '--publish', file, mirror], dir.path);
      return await runVerb(['keys', '-it', mirror, fingerprint], dir.path);
    };
    expect(await ask(before)).toMatchObject({ code: 0, err: '' });
    expect(await ask(revoked)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is trusted as before'),
    });
    const updated = { code: 0, err: '', out: expect.stringContaining('trusted, updated') };
    expect(await ask(revoker)).toMatchObject(updated);
  });

  it('says of keys that it cannot keep where that is, and not that no mirror has them', async () => {
    await using dir = await tempDir();
    writeFileSync(join(dir.path, 'file'), '');
    const ring = join(dir.path, 'file', 'ring');
    const args = ['keys', '-it', '-m', mirrorOf('1.2', 'signed'), TOY];
    const { code, out, err } = await runVerb(args, dir.path, { BUILDCACHE_KEYRING: ring });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: [^\n]*\/file\/ring[^\n]*\n$/);
  });

  it('does not call a key missing that a mirror may have which cannot be read', async () => {
    await using dir = await tempDir();
    const args = ['keys', '-m', 'http://127.0.0.1:1/mirror', '--retries', '0', TOY];
    const { code, err } = await runVerb(args, dir.path);
    expect(code).toBe(2);
    expect(err).toContain(`no mirror that could be read offers the key ${TOY}`);
  });

  it('does not install a key nobody offers, nor one that has expired', async () => {
    await using dir = await tempDir();
    const env = { BUILDCACHE_KEYRING: join(dir.path, 'ring') };
    const missing = await runVerb(
      ['keys', '-it', '-m', mirrorOf('1.2', 'signed'), 'A'.repeat(40)],
      dir.path,
      env,
    );
    expect(missing).toMatchObject({
      code: 1,
      err: expect.stringContaining(`no mirror offers the key ${'A'.repeat(40)}`),
    });
    const expired = await makeKey({ date: new Date('2020-01-01'), expires: 86_400 });
    const mirror = join(dir.path, 'mirror');
    writeFileSync(join(dir.path, 'key.asc'), expired.publicKey);
    const published = await runVerb(['keys', '--publish', 'key.asc', '-m', mirror], dir.path, env);
    expect(published).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^[0-9A-F]{40} published\n$/),
    });
    const refused = await runVerb(['keys', '-i', '-t', '-m', mirror], dir.path, env);
    expect(refused).toMatchObject({
      code: 1,
      out: expect.stringContaining('expired on 2020-01-02'),
      err: expect.stringContaining('was not installed: it is expired on 2020-01-02'),
    });
    expect(readdirSync(dir.path).sort()).toEqual(['key.asc', 'mirror']);
  });

  it('publishes once, to one mirror', async () => {
    await using dir = await tempDir();
    const args = ['keys', '--publish', join(FIXTURES, 'toy-ci.pub.asc')];
    const mirror = join(dir.path, 'mirror');
    expect((await runVerb([...args, '-m', mirror], dir.path)).out).toBe(`${TOY} published\n`);
    expect((await runVerb([...args, '-m', mirror], dir.path)).out).toBe(`${TOY} was there already\n`);
    expect(readdirSync(join(mirror, 'v3/manifests/key')).sort()).toEqual([
      `${TOY}.key.manifest.json`,
      'keys.manifest.json',
    ]);
    const none = await runVerb(args, dir.path);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('--publish wants one mirror') });
    const other = 'A'.repeat(40);
    const part = await runVerb([...args, '-m', join(dir.path, 'new'), TOY, other], dir.path);
    expect(part).toMatchObject({ code: 2, out: '', err: expect.stringContaining(other) });
    expect(readdirSync(dir.path)).not.toContain('new');
  });

  it('asks the mirrors that are named as arguments, beside fingerprints, by name, path or URL', async () => {
    await using dir = await tempDir();
    const mirrors = join(dir.path, 'mirrors.yaml');
    const [now, before] = [mirrorOf('1.2', 'signed'), mirrorOf('0.23', 'signed')];
    writeFileSync(mirrors, JSON.stringify({ release: now, other: join(dir.path, 'absent') }));
    const named = async (...args: string[]) => {
      const { code, out, err } = await runVerb(['keys', '--json', '--mirrors', mirrors, ...args], dir.path);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { mirrors: asked } = JSON.parse(out) as { mirrors: { name: string; keys: unknown[] }[] };
      return asked.map(({ name, keys }) => [name, keys.length]);
    };
    expect(await named('release')).toEqual([['release', 1]]);
    expect(await named('release', before, TOY)).toEqual([
      ['release', 1],
      [before, 1],
    ]);
    expect(await named('-m', before, 'release')).toEqual([
      [before, 1],
      ['release', 1],
    ]);
    writeFileSync(mirrors, JSON.stringify({ release: now, other: { url: before, signed: false } }));
    expect(await named()).toEqual([['release', 1]]);
    const plain = await runVerb(['keys', '--mirrors', mirrors, 'release', 'other'], dir.path);
    expect(plain).toMatchObject({ code: 2, err: expect.stringMatching(/not signed.*other/) });
    const unknown = await runVerb(['keys', '--mirrors', mirrors, 'relase'], dir.path);
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('no mirror named "relase"') });
  });

  it("takes Spack's -y, and publishes to a mirror named as an argument", async () => {
    await using dir = await tempDir();
    const key = join(FIXTURES, 'toy-ci.pub.asc');
    const published = await runVerb(['keys', '--publish', key, './mirror'], dir.path);
    expect(published).toMatchObject({ code: 0, out: `${TOY} published\n` });
    for (const yes of ['-y', '--yes-to-all']) {
      const { code, out } = await runVerb(['keys', '-it', yes, './mirror'], dir.path);
      expect([code, out]).toEqual([0, expect.stringContaining(`${TOY}  trusted`)]);
    }
    const two = await runVerb(['keys', '--publish', key, './mirror', './other'], dir.path);
    expect(two).toMatchObject({ code: 2, err: expect.stringContaining('--publish wants one mirror') });
  });

  it('cannot tell when a mirror cannot be read', async () => {
    await using dir = await tempDir();
    mkdirSync(join(dir.path, 'mirror/v3/manifests/key'), { recursive: true });
    writeFileSync(join(dir.path, 'mirror/v3/manifests/key/keys.manifest.json'), '<html>');
    const { code, err } = await runVerb(['keys', '-m', './mirror'], dir.path);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('web page') });
    expect((await runVerb(['keys'], dir.path)).err).toContain('no signed mirror');
  });
});
