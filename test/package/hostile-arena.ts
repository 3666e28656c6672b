/** Archives that try to get out, and a place with something to get at, compared before and after. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import { unpackPackage } from '../../src/package/unpack.ts';
import { buildInfo, HASH, infoEntry, type Lists, OLD_ROOT, PACKED, parents } from './make-package.ts';
import { entry, pax, tar } from './make-tar.ts';
import { snapshot } from './tree-snapshot.ts';

export type Outcome = 'refused' | 'accepted';

export interface Arena {
  /** A directory an archive has no business in, with a file `victim` that relocation would change. */
  readonly outside: string;
  /** Unpacks a tarball, and checks that all is as before but for the package, which it removes. */
  unpack(tarball: Buffer): Promise<Outcome>;
  /** Unpacks tricks in one archive, their entries in turn, so that each is under way when the other strikes. */
  play(...tricks: readonly Trick[]): Promise<Outcome>;
  remove(): void;
}

export function makeArena(): Arena {
  const root = mkdtempSync(join(tmpdir(), 'hostile-test-'));
  const outside = join(root, 'outside');
  const prefix = join(root, 'store/linux/pkg');
  mkdirSync(outside);
  mkdirSync(`${prefix}-evil`, { recursive: true });
  writeFileSync(join(outside, 'victim'), OLD_ROOT, { mode: 0o600 });
  const before = snapshot(root);
  return { outside, unpack, play, remove: () => rmSync(root, { recursive: true, force: true }) };

  async function play(...tricks: readonly Trick[]): Promise<Outcome> {
    const lists = (key: keyof Lists) => tricks.flatMap((trick) => trick.lists?.[key] ?? []);
    const info = buildInfo({ text: lists('text'), binaries: lists('binaries'), links: lists('links') });
    const longest = Math.max(...tricks.map(({ entries }) => entries.length));
    const entries = Array.from({ length: longest }, (_, i) =>
      tricks.flatMap((trick) => trick.entries.slice(i, i + 1)),
    );
    return unpack(gzipSync(tar(parents(), ...entries.flat(), infoEntry(info)), { level: 0 }));
  }

  /** Once as a stream that nothing is held of, and once out of memory. */
  async function unpack(tarball: Buffer): Promise<Outcome> {
    const streamed = await unpackAs(Readable.from([tarball]), 0);
    expect(await unpackAs(tarball)).toBe(streamed);
    return streamed;
  }

  async function unpackAs(tarball: Buffer | Readable, maxHeld?: number): Promise<Outcome> {
    let outcome: Outcome = 'accepted';
    try {
      const relocation = () => new Map([[OLD_ROOT, '/t']]);
      const limits = { maxBytes: 50_000_000 };
      await unpackPackage({
        tarball,
        prefix,
        hash: HASH,
        format: 'elf',
        relocation,
        limits,
        ...(maxHeld === undefined ? {} : { maxHeld }),
      });
      rmSync(prefix, { recursive: true });
    } catch (error) {
      expect(error).toBeInstanceOf(BuildcacheError);
      outcome = 'refused';
    }
    expect(snapshot(root)).toEqual(before);
    return outcome;
  }
}

export interface Trick {
  readonly entries: readonly Buffer[];
  readonly lists?: Lists;
}

export type Tricks = Readonly<Record<string, Trick>>;

const BODY = 'owned';

/** Deep enough to get from anywhere in the unpacked archive to the file system's root. */
const UP = '../'.repeat(40);

/** Refused, in whatever company. Names are unique so that tricks do not meet by accident. */
export function refused(outside: string): Tricks {
  const at = (name: string) => `${PACKED}/${name}`;
  const link = (name: string, target: string) => entry({ name: at(name), type: '2', target });
  const file = (name: string) => entry({ name: at(name), body: BODY });
  const hard = (name: string, target: string) => entry({ name: at(name), type: '1', target });
  const relative = UP + outside.slice(1);
  return {
    'an absolute name': { entries: [entry({ name: `${outside}/x1`, body: BODY })] },
    'an absolute directory': { entries: [entry({ name: `${outside}/x2/`, type: '5' })] },
    'an absolute symlink name': { entries: [entry({ name: `${outside}/x3`, type: '2', target: 'y' })] },
    'a name upwards': { entries: [file(`${relative}/x4`)] },
    'a name out of the prefix': { entries: [file('../x5')] },
    'a name that comes back': { entries: [file('d6/../../x6')] },
    'a directory upwards': { entries: [entry({ name: `${PACKED}/..`, type: '5', mode: 0o777 })] },
    'a PAX name upwards': { entries: [pax({ path: at(`${relative}/x7`) }), file('x7')] },
    'an absolute PAX name': { entries: [pax({ path: `${outside}/x8` }), file('x8')] },
    'a GNU name upwards': { entries: [entry({ name: 'L', type: 'L', body: `${UP}x9\0` }), file('x9')] },
    'a prefix field upwards': { entries: [entry({ name: 'x10', prefix: '../..', body: BODY })] },
    'writing below a symlink': { entries: [link('s11', outside), file('s11/x11')] },
    'writing below a relative symlink': { entries: [link('s12', relative), file('s12/x12')] },
    'writing below a symlink two links away': {
      entries: [link('s13', outside), link('t13', 's13'), file('t13/x13')],
    },
    'writing through a symlink': { entries: [link('s14', `${outside}/victim`), file('s14')] },
    'writing through a dangling symlink': { entries: [link('s15', `${outside}/x15`), file('s15')] },
    'a directory over a symlink': {
      entries: [link('s16', outside), entry({ name: `${at('s16')}/`, type: '5', mode: 0o777 })],
    },
    'a symlink over a file': { entries: [file('s17'), link('s17', `${outside}/victim`)] },
    'a symlink over a directory': {
      entries: [entry({ name: `${at('s18')}/`, type: '5' }), link('s18', outside)],
    },
    'a symlink over the directory of a file': {
      entries: [file('s19/x'), link('s19', outside), file('s19/y')],
    },
    'a file twice': { entries: [file('x20'), file('x20')] },
    'a file below a file': { entries: [file('x21'), file('x21/y')] },
    'an absolute hard link': { entries: [hard('h22', `${outside}/victim`)] },
    'a hard link upwards': { entries: [hard('h23', `${at(relative)}/victim`)] },
    'a hard link through a symlink': { entries: [link('s24', outside), hard('h24', at('s24/victim'))] },
    'an absolute PAX hard link': { entries: [pax({ linkpath: `${outside}/victim` }), hard('h25', at('x'))] },
    'a GNU hard link upwards': {
      entries: [entry({ name: 'K', type: 'K', body: `${relative}/victim\0` }), hard('h26', 'x')],
    },
    'a hard link to nothing': { entries: [hard('h27', at('missing'))] },
    'a hard link to a directory': { entries: [hard('h28', at('.spack'))] },
    'writing through a hard link to a symlink': {
      entries: [link('s29', `${outside}/victim`), hard('h29', at('s29')), file('h29')],
    },
    'a device': { entries: [entry({ name: at('dev30'), type: '3' })] },
    'a FIFO': { entries: [entry({ name: at('fifo31'), type: '6' })] },
    'a sparse file': { entries: [pax({ 'GNU.sparse.realsize': '99999999' }), file('sparse32')] },
    'a sibling with the same beginning': { entries: [entry({ name: `${PACKED}-evil/x33`, body: BODY })] },
    'a sibling directory': { entries: [entry({ name: `${PACKED}-evil34/`, type: '5' })] },
    'a file beside the prefix': {
      entries: [entry({ name: `${PACKED.slice(0, PACKED.lastIndexOf('/'))}/x35`, body: BODY })],
    },
    'a symlink beside the prefix': { entries: [entry({ name: 'opt/s36', type: '2', target: outside })] },
    'another prefix': { entries: [infoEntry(buildInfo(), `${PACKED}37`)] },
    'a name that is a size': { entries: [pax({ size: '4294967296' }), file('x38')] },
    'a size that is a lie': { entries: [entry({ name: at('x39'), size: 8_000_000_000, body: BODY })] },
    'a list upwards': { entries: [], lists: { text: [`${relative}/victim`] } },
    'an absolute list': { entries: [], lists: { text: [`${outside}/victim`] } },
    'a list below a symlink': { entries: [link('s42', outside)], lists: { text: ['s42/victim'] } },
    'a list of a symlink': { entries: [link('s43', `${outside}/victim`)], lists: { text: ['s43'] } },
    'a list of binaries below a symlink': {
      entries: [link('s44', relative)],
      lists: { binaries: ['s44/victim'] },
    },
    'a list of links that are none': { entries: [file('x45')], lists: { links: ['x45'] } },
    'a list of a directory': { entries: [], lists: { text: ['.spack'] } },
    'a list of nothing': { entries: [], lists: { binaries: ['missing'] } },
  };
}

/** Accepted, because real packages have the like, and kept where they are. */
export function harmless(outside: string): Tricks {
  const at = (name: string) => `${PACKED}/${name}`;
  return {
    'symlinks to anywhere': {
      entries: [
        entry({ name: at('h1'), type: '2', target: `${outside}/victim` }),
        entry({ name: at('h2'), type: '2', target: UP }),
        entry({ name: at('h3'), type: '2', target: 'h3' }),
        entry({ name: at('h4'), type: '1', target: at('h1') }),
      ],
    },
    'a symlink to be relocated': {
      entries: [entry({ name: at('r1'), type: '2', target: `${OLD_ROOT}/../../x` })],
      lists: { links: ['r1'] },
    },
    'odd names': {
      entries: ['a\nb', 'a\x1b[2J', 'a\\..\\b', ' ', '...', '.spack2', '-rf'].map((name) =>
        entry({ name: at(name) }),
      ),
    },
    'a directory twice': {
      entries: [entry({ name: `${PACKED}/`, type: '5' }), entry({ name: 'opt/', type: '5' })],
    },
    'a file listed twice': {
      entries: [entry({ name: at('l1'), body: OLD_ROOT })],
      lists: { text: ['l1', './l1'], binaries: ['l1'] },
    },
    'bits that make root of everybody': { entries: [entry({ name: at('suid'), mode: 0o7777 })] },
  };
}

/**
 * Plays every two tricks together, or only one pair in so many, and expects them to be refused if one is.
 * @returns how many pairs that were
 */
export async function playPairs(arena: Arena, oneIn: number): Promise<number> {
  const bad = Object.entries(refused(arena.outside));
  const all = [...bad, ...Object.entries(harmless(arena.outside))];
  let played = 0;
  for (const [i, [first, one]] of all.entries()) {
    for (const [j, [second, other]] of all.slice(0, i).entries()) {
      if ((i + j) % oneIn !== 0) continue;
      const expected: Outcome = j < bad.length ? 'refused' : 'accepted';
      expect([first, second, await arena.play(one, other)]).toEqual([first, second, expected]);
      played++;
    }
  }
  return played;
}
