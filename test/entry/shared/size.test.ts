import { expect, it } from 'vitest';
import { parseSize } from '../../../src/entry/shared/size.ts';

it.each([
  ['0', 0],
  ['1500', 1500],
  ['200G', 200e9],
  ['200GB', 200e9],
  ['1.5tb', 1.5e12],
  ['2GiB', 2 * 1024 ** 3],
  ['0.001K', 1],
  ['10 G', undefined],
  ['G', undefined],
  ['1e9', undefined],
  ['1iB', undefined],
  ['1Gi', undefined],
  ['-1', undefined],
  ['1.G', undefined],
])('%j is %j bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
