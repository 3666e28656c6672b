/** Writes the SBOM that `--sbom` asks for. */
import { resolve } from 'node:path';
import { type SbomContent, spdxText } from '../../report/sbom.ts';
import { type Streams, writeAnswer } from './answer-file.ts';
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
export function sbomWriter(file: string | undefined, context: Invocation & Streams): SbomWriter | undefined {
  if (file === undefined) return undefined;
  const time = sourceDate(context.env);
  return async (content) => {
    const created = time ?? new Date();
    const text = spdxText({ ...content, name: nameOf(content), created });
    await writeAnswer(resolve(context.cwd, file), text, context);
  };
}

function nameOf({ specs, roots }: Pick<SbomContent, 'specs' | 'roots'>): string {
  const [only, ...others] = specs.filter(({ hash }) => roots.has(hash));
  return only === undefined || others.length > 0 ? 'spack-environment' : `${only.name}-${only.version}`;
}
