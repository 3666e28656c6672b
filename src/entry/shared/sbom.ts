/** Writes the SBOM that `--sbom` asks for. */
import { resolve } from 'node:path';
import { writeWholeFile } from '../../core/write-file.ts';
import { type SbomContent, spdxText } from '../../report/sbom.ts';
import type { Invocation } from './invocation.ts';
import { sourceDate } from './source-date.ts';

/** What the option says. */
export const SBOM_OPTION =
  'write an SPDX 2.3 document about what is there then; its time is $SOURCE_DATE_EPOCH, or now';

export type SbomWriter = (content: Omit<SbomContent, 'name' | 'created'>) => Promise<void>;

/**
 * @param file undefined: none is asked for
 * @returns what writes it, and throws a BuildcacheError where it cannot be written
 * @throws BuildcacheError `usage` for a time that is none
 */
export function sbomWriter(file: string | undefined, { env, cwd }: Invocation): SbomWriter | undefined {
  if (file === undefined) return undefined;
  const time = sourceDate(env);
  return async (content) => {
    const created = time ?? new Date();
    await writeWholeFile(resolve(cwd, file), spdxText({ ...content, name: nameOf(content), created }));
  };
}

function nameOf({ specs, roots }: Pick<SbomContent, 'specs' | 'roots'>): string {
  const [only, ...others] = specs.filter(({ hash }) => roots.has(hash));
  return only === undefined || others.length > 0 ? 'spack-environment' : `${only.name}-${only.version}`;
}
