/** What the files of volumes are called, so that one leads to the others: `env.tar`, or `env-2-of-5.tar`. */

/** @param number from 1 @param of how many there are */
export function volumeName(output: string, number: number, of: number): string {
  if (of === 1) return output;
  const [, stem = output, extension = ''] = /^(.*?)(\.tar)?$/s.exec(output) ?? [];
  return `${stem}-${String(number).padStart(String(of).length, '0')}-of-${of}${extension}`;
}

/** All volumes of a bundle, by the name of one; that one alone, where the name says nothing of others. */
export function siblingNames(file: string): string[] {
  const [, stem, number = '', of = '', extension = ''] = /^(.*)-(\d+)-of-(\d+)(\.tar)?$/s.exec(file) ?? [];
  const count = Number(of);
  if (stem === undefined || count > MOST || number.length !== of.length) return [file];
  return Array.from({ length: count }, (_, i) => volumeName(`${stem}${extension}`, i + 1, count));
}

/** A name may say anything. */
const MOST = 100_000;
