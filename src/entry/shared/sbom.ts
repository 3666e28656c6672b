/** Writes the SBOM that `--sbom` asks for. */
import { resolve } from 'node:path';
import { BuildcacheError } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { type SbomContent, spdxText } from '../../report/sbom.ts';
import type { Invocation } from './invocation.ts';

/** What the option says. */
export const SBOM_OPTION =
  'write an SPDX 2.3 document about what is there then; its time is $SOURCE_DATE_EPOCH, or now';

/** @throws BuildcacheError where the file cannot be written; `usage` for a time that is none */
export async function writeSbom(
  file: string,
  content: Omit<SbomContent, 'name' | 'created'>,
  { env, cwd }: Invocation,
): Promise<void> {
  const created = buildTime(env['SOURCE_DATE_EPOCH']);
  await writeWholeFile(resolve(cwd, file), spdxText({ ...content, name: nameOf(content), created }));
}

function nameOf({ specs, roots }: Pick<SbomContent, 'specs' | 'roots'>): string {
  const [only, ...others] = specs.filter(({ hash }) => roots.has(hash));
  return only === undefined || others.length > 0 ? 'spack-environment' : `${only.name}-${only.version}`;
}

/** As reproducible builds have it: seconds since 1970 that stand for now. */
function buildTime(epoch: string | undefined): Date {
  if (epoch === undefined || epoch === '') return new Date();
  const time = new Date(/^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : Number.NaN);
  if (!Number.isNaN(time.getTime()) && time.getUTCFullYear() <= 9999) return time;
  throw new BuildcacheError('usage', 'SOURCE_DATE_EPOCH is no time', {
    expected: 'seconds since 1970',
    found: JSON.stringify(epoch.slice(0, 40)),
  });
}
