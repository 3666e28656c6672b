import { expect, it } from 'vitest';
import { bytesText, durationText, partOfText } from '../../src/report/amounts.ts';

it('says bytes in powers of ten, with a digit after the point where there is room', () => {
  expect([0, 999, 1000, 1234, 99_940, 99_960, 999_600, 4e8, 5e15].map(bytesText)).toEqual([
    ...['0 B', '999 B', '1.0 kB', '1.2 kB', '99.9 kB', '100 kB', '1.0 MB', '400 MB', '5000 TB'],
  ]);
});

it('says the unit of a part and a whole once where it is the same, and never more than the whole', () => {
  expect(partOfText(120e6, 310e6)).toBe('120 of 310 MB');
  expect(partOfText(12e3, 310e6)).toBe('12.0 kB of 310 MB');
  expect(partOfText(500e6, 310e6)).toBe('310 of 310 MB');
});

it('says times in the two units that matter', () => {
  expect([0, 4400, 60_000, 130_000, 3_600_000, 3_900_000, -5].map(durationText)).toEqual([
    ...['0 s', '4 s', '1 min', '2 min 10 s', '1 h', '1 h 5 min', '0 s'],
  ]);
});
