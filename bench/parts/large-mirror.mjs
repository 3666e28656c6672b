/** A mirror as benchmarks copy it, with the environment of all its specs. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateEnvironment } from '../../test/harness/generate.ts';
import { generateMirror } from '../../test/harness/generate-mirror.ts';
import { writeEnvironment } from './stores.mjs';

/** Sizes as packages have them: most are small, a few make up most of the bytes. @returns sizes of entries' files, by path */
export async function writeMirror(folder, env, specs, total) {
  const environment = generateEnvironment({ specs });
  const { entries } = await generateMirror(folder, environment);
  writeEnvironment(env, environment);
  const block = randomBytes(64 * 1024 * 1024);
  const weights = [...entries].map((_, i) => 1 / (1 + (i % 100)));
  const sum = weights.reduce((a, b) => a + b, 0);
  const files = new Map();
  [...entries.values()].forEach(({ manifest, tarball, spec }, i) => {
    const size = Math.min(block.length - 1024, Math.round((weights[i] / sum) * total));
    const bytes = Buffer.concat([Buffer.from(String(i)), block.subarray(0, size)]);
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const blob = `blobs/sha256/${checksum.slice(0, 2)}/${checksum}`;
    mkdirSync(dirname(join(folder, blob)), { recursive: true });
    writeFileSync(join(folder, blob), bytes);
    rmSync(join(folder, tarball));
    const record = (mediaType, length, digest) => ({
      contentLength: length,
      mediaType,
      compression: 'gzip',
      checksumAlgorithm: 'sha256',
      checksum: digest,
    });
    const data = [
      record('application/vnd.spack.install.v2.tar+gzip', bytes.length, checksum),
      record('application/vnd.spack.spec.v5+json', statSync(join(folder, spec)).size, spec.slice(-64)),
    ];
    writeFileSync(join(folder, manifest), JSON.stringify({ version: 3, data }));
    for (const path of [blob, spec, manifest]) files.set(path, statSync(join(folder, path)).size);
  });
  return files;
}
