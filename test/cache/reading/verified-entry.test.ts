import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLayout3, specManifestKey } from '../../../src/cache/layouts/layout3.ts';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { type Fault, startHttpServer } from '../../harness/http-server.ts';
import { runs } from '../../harness/runs.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { makeKey } from '../keys.ts';
import { built, copyMirror, openHttp } from '../mirror-fixture.ts';
import {
  essence,
  graphs,
  mirrorOf,
  outcome,
  readerAt,
  signedKey,
  specOf,
  TOY,
  toyTrust,
} from '../signed-fixture.ts';

describe.each(['1.2', '0.23'] as const)('readVerifiedEntry, on the mirrors of Spack %s', (version) => {
  it('takes every signed entry, and says who signed it', async () => {
    const trust = await toyTrust();
    const reader = readerAt(version, mirrorOf(version, 'signed'));
    for (const spec of built(graphs[version])) {
      const found = await readVerifiedEntry(reader, spec, trust);
      expect(found?.signedBy).toBe(TOY);
      expect(found?.document.root.hash).toBe(spec.hash);
      expect(JSON.parse(found?.documentText ?? '').spec.nodes[0].hash).toBe(spec.hash);
      expect(found?.entry.tarball.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('reads an unsigned mirror where no signature is asked for, and refuses it where one is', async () => {
    const spec = specOf(version, 'toyapp');
    const reader = readerAt(version, mirrorOf(version, 'unsigned'));
    expect(await readVerifiedEntry(reader, spec, undefined)).toMatchObject({
      signedBy: undefined,
      document: { root: { hash: spec.hash } },
    });
    await expect(readVerifiedEntry(reader, spec, await toyTrust())).rejects.toMatchObject({
      code: 'untrusted',
      facts: { found: 'no signature', url: expect.stringContaining(spec.hash) },
    });
    // A signature nobody asks for is in nobody's way.
    const signed = readerAt(version, mirrorOf(version, 'signed'));
    expect(await readVerifiedEntry(signed, spec, undefined)).toMatchObject({ signedBy: undefined });
  });

  it('refuses the signed entry of another spec at this place, naming both', async () => {
    await using dir = await tempDir();
    copyMirror(version, 'signed', dir.path);
    const [asked, other] = [specOf(version, 'toyapp'), specOf(version, 'toymake')];
    cpSync(join(dir.path, signedKey(version, other)), join(dir.path, signedKey(version, asked)));
    const reader = readerAt(version, dir.path);
    await expect(readVerifiedEntry(reader, asked, await toyTrust())).rejects.toMatchObject({
      code: 'untrusted',
      message: 'this is a signed entry of another spec',
      facts: {
        expected: `toyapp@1.0 /${asked.hash}`,
        found: `toymake@4.4 /${other.hash}`,
      },
    });
    await expect(readVerifiedEntry(reader, asked, undefined)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('takes nothing that was changed anywhere in what is signed: refused, or the same', async () => {
    await using dir = await tempDir();
    const spec = specOf(version, 'libtoy');
    const key = signedKey(version, spec);
    const bytes = readFileSync(join(mirrorOf(version, 'signed'), key));
    copyMirror(version, 'signed', dir.path);
    const reader = readerAt(version, dir.path);
    const trust = await toyTrust();
    const before = essence(await readVerifiedEntry(reader, spec, trust));
    let refused = 0;
    const tried = runs(300);
    const check = async (at: number, mask: number) => {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ mask;
      writeFileSync(join(dir.path, key), changed);
      if ((await outcome(reader, spec, trust, before)) === 'refused') refused++;
    };
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), check), {
      numRuns: tried,
    });
    // Most of it matters: what does not is case in armor headers, white space and the like.
    expect(refused).toBeGreaterThan((tried * 2) / 3);
  });
});

describe('readVerifiedEntry', () => {
  it('takes no spec blob that was changed, cut or made longer', async () => {
    await using dir = await tempDir();
    copyMirror('1.2', 'signed', dir.path);
    const spec = specOf('1.2', 'libtoy');
    const reader = readerAt('1.2', dir.path);
    const trust = await toyTrust();
    const found = await readVerifiedEntry(reader, spec, trust);
    const before = essence(found);
    const file = join(dir.path, found?.entry.spec?.key ?? '');
    const bytes = readFileSync(file);
    const check = async (changed: Buffer) => {
      writeFileSync(file, changed);
      expect(await outcome(reader, spec, trust, before)).toBe('refused');
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        await check(changed);
      }),
      { numRuns: runs(100) },
    );
    await check(bytes.subarray(0, -1));
    await check(Buffer.concat([bytes, Buffer.alloc(1)]));
    rmSync(file);
    await expect(readVerifiedEntry(reader, spec, trust)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('takes nothing by a key that is not trusted', async () => {
    const stranger = await openTrust({
      keys: [{ text: (await makeKey()).publicKey, source: 'k' }],
      fingerprints: [],
    });
    const reader = readerAt('1.2', mirrorOf('1.2', 'signed'));
    await expect(readVerifiedEntry(reader, specOf('1.2', 'toyapp'), stranger)).rejects.toMatchObject({
      code: 'untrusted',
      facts: { found: expect.stringContaining(TOY.slice(-16)) },
    });
  });

  it('looks at the signed text only, not at what stands around it', async () => {
    await using dir = await tempDir();
    copyMirror('1.2', 'signed', dir.path);
    const spec = specOf('1.2', 'toyapp');
    const file = join(dir.path, specManifestKey(spec));
    const signed = readFileSync(file, 'utf8');
    const reader = readerAt('1.2', dir.path);
    const trust = await toyTrust();
    const forged =
      /\n\n([\s\S]*?)\n-----BEGIN PGP SIG/.exec(signed)?.[1]?.replace(/"checksum":"./, '"checksum":"0') ?? '';
    for (const text of [
      signed.replace('\n\n', `\nComment: ${forged.replaceAll('\n', '')}\n\n`),
      `${forged}\n${signed}`,
      signed.replace('\n\n', `\n\n${forged}\n`),
      // A second message before or behind the one that is signed.
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${forged}\n${signed}`,
    ]) {
      writeFileSync(file, text);
      await expect(readVerifiedEntry(reader, spec, trust)).rejects.toBeInstanceOf(BuildcacheError);
    }
  });

  it.each<readonly [Fault, string]>([
    ['html', 'protocol'],
    ['truncate', 'unreachable'],
    [{ status: 500 }, 'server-error'],
    [{ status: 403 }, 'denied'],
  ])('tells %o apart from an entry that is not there', async (fault, code) => {
    const spec = specOf('1.2', 'toyapp');
    await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed'), fault: () => fault });
    const storage = await openHttp(server.url);
    const reading = readVerifiedEntry(openLayout3(storage, undefined), spec, await toyTrust());
    await expect(reading).rejects.toMatchObject({ code });
    await storage.close();
  });

  it('has nothing to say of an entry that is not there', async () => {
    await using dir = await tempDir();
    const spec = specOf('1.2', 'toyapp');
    for (const version of ['1.2', '0.23'] as const) {
      expect(await readVerifiedEntry(readerAt(version, dir.path), spec, await toyTrust())).toBeUndefined();
    }
  });
});
