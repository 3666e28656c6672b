/**
 * An install tree of a generated environment: every spec registered in the database and a few small files in each
 * prefix, which mention the prefixes below.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedEnvironment, preOrder } from './generate.ts';

/**
 * @param root is made; prefixes are recorded below it
 * @param version of the database
 * @param bulk bytes that cannot be compressed, beside the small files of each prefix
 */
export function generateStore(root: string, { nodes }: GeneratedEnvironment, bulk = 0, version = '8'): void {
  const installs: Record<string, unknown> = {};
  for (const [hash, node] of nodes) {
    const isExternal = node.external !== undefined;
    const prefix = isExternal ? '/usr' : join(root, `linux-x86_64_v3/${node.name}-${node.version}-${hash}`);
    installs[hash] = {
      spec: node,
      path: prefix,
      installed: true,
      ref_count: 0,
      explicit: false,
      installation_time: 1.5e9,
      deprecated_for: null,
    };
    if (isExternal) continue;
    for (const folder of ['.spack', 'bin', 'lib']) {
      mkdirSync(join(prefix, folder), { recursive: true });
      for (let i = 0; i < 4; i++) {
        writeFileSync(join(prefix, folder, `f${i}`), `${prefix} ${folder} ${i}\n`.repeat(20));
      }
    }
    const closure = preOrder(nodes, hash);
    const isNew = closure.some(({ annotations }) => annotations.original_specfile_version === 6);
    // As an older Spack has written it, which knew nothing of what a spec provides.
    const older = closure.map((each) => ({ ...each, provided_virtuals: undefined }));
    const spec = { _meta: { version: isNew ? 6 : 5 }, nodes: isNew ? closure : older };
    writeFileSync(join(prefix, '.spack/spec.json'), JSON.stringify({ spec }));
    if (bulk > 0) writeFileSync(join(prefix, 'lib/bulk'), randomBytes(bulk));
  }
  mkdirSync(join(root, '.spack-db'), { recursive: true });
  writeFileSync(join(root, '.spack-db/index.json'), JSON.stringify({ database: { version, installs } }));
}
