/** For commander: an age, as people write it. */
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/** @returns milliseconds: `30d`, `12h`, `90m`, `2w`, and `0` */
export function age(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})([mhdw]|(?<=^0))$/.exec(text) ?? [];
  if (digits === '') throw new InvalidArgumentError('Expected an age such as 30d, 12h, 90m or 2w.');
  return Number(digits) * (UNITS[unit] ?? 0);
}
