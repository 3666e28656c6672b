/** An age, as people write it. */

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/** The form of an age, for messages. */
export const AGE_WORDS = 'an age such as 30d, 12h, 90m or 2w';

/** @returns milliseconds for `30d`, `12h`, `90m`, `2w`, and `0`; undefined for a text that is not an age */
export function parseAge(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,6})([mhdw]|(?<=^0))$/.exec(text) ?? [];
  return digits === '' ? undefined : Number(digits) * (UNITS[unit] ?? 0);
}
