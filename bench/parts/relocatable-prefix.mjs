/** A prefix as installed packages are, with paths to relocate in its binaries and texts. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeElf } from '../../test/package/make-elf.ts';

/**
 * Four fifths ELF, a third of it with paths to relocate, and one fifth text, half of it with such paths; it compresses
 * about as real ones do.
 * @param prefix where the files are written
 * @param name what the files call it
 * @param other another prefix in their run paths
 * @returns the files that have paths in them, relative to the prefix
 */
export function fillPrefix(prefix, bytes, name, other) {
  for (const directory of ['.spack', 'lib', 'share']) mkdirSync(join(prefix, directory), { recursive: true });
  const binaries = [];
  const textFiles = [];
  const rpath = `${name}/lib:${other}/lib`;
  for (let left = bytes * 0.8, i = 0; left > 0; i++) {
    const size = Math.min(left, [20e3, 200e3, 2e6, 20e6][i % 4]);
    const data = noise(`elf${i}`, size);
    if (i % 3 === 0) data.write(`\0${name}/share/data\0`, data.length >> 1, 'latin1');
    const elf = makeElf({ needed: ['libc.so.6'], ...(i % 3 === 0 ? { rpath } : {}), data });
    writeFileSync(join(prefix, `lib/lib${i}.so`), elf);
    binaries.push(`lib/lib${i}.so`);
    left -= size;
  }
  for (let left = bytes * 0.2, i = 0; left > 0; i++) {
    if (i % 200 === 0) mkdirSync(join(prefix, `share/${i / 200}`));
    const size = Math.min(left, 1000 + ((i * 7919) % 30_000));
    const path = `share/${Math.floor(i / 200)}/${i}.txt`;
    const text = Buffer.from(noise(`text${i}`, size / 2).toString('hex'));
    if (i % 2 === 0) {
      text.write(`\nprefix=${name}\n`, 0, 'latin1');
      textFiles.push(path);
    }
    writeFileSync(join(prefix, path), text);
    left -= size;
  }
  return { binaries, textFiles };
}

/** Bytes that compress to about a third: words of a small vocabulary between random ones. */
function noise(seed, size) {
  const out = Buffer.alloc(Math.ceil(size));
  let block = createHash('sha512').update(seed).digest();
  const vocabulary = Buffer.concat(
    Array.from({ length: 64 }, (_, i) => createHash('sha512').update(`v${i}`).digest()),
  );
  for (let at = 0; at < out.length; at += 64) {
    if (at % 192 === 0) block = createHash('sha512').update(block).digest();
    const from = at % 192 === 0 ? block : vocabulary.subarray(64 * ((block[at & 63] ?? 0) & 63));
    from.copy(out, at, 0, 64);
  }
  return out;
}
