/** The names of volumes' files, from one of which the others follow: `env.tar`, or `env-2-of-5.tar`. */

/** @param number from 1 @param of how many there are */
export function volumeName(output: string, number: number, of: number): string {
  if (of === 1) return output;
  const [, stem = output, extension = ''] = /^(.*?)(\.tar)?$/s.exec(output) ?? [];
  return `${stem}-${String(number).padStart(String(of).length, '0')}-of-${of}${extension}`;
}

/** The names of all volumes of a bundle, from the name of one. Only that one where the name does not tell of others. */
export function siblingNames(file: string): string[] {
  const [, stem, number = '', of = '', extension = ''] = /^(.*)-(\d+)-of-(\d+)(\.tar)?$/s.exec(file) ?? [];
  const count = Number(of);
  if (stem === undefined || count > MOST || number.length !== of.length) return [file];
  return Array.from({ length: count }, (_, i) => volumeName(`${stem}${extension}`, i + 1, count));
}

/** A limit, since a name may say any number. */
const MOST = 100_000;
