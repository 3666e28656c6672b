/** A number of bytes, as people write it. */

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** What is expected of one, for messages. */
export const SIZE_WORDS = 'a size such as 200G, 1.5TB or 500GiB';

/** @returns bytes: `200G` and `200GB` are powers of ten, `200GiB` of two; undefined for what is none */
export function parseSize(text: string): number | undefined {
  const [, digits = '', unit = '', binary = ''] =
    /^(\d{1,12}(?:\.\d{1,3})?)([KMGT]?)(i(?=B))?B?$/i.exec(text) ?? [];
  if (digits === '' || (binary !== '' && unit === '')) return undefined;
  return Math.floor(Number(digits) * (binary === '' ? 1000 : 1024) ** UNITS.indexOf(unit.toUpperCase()));
}
