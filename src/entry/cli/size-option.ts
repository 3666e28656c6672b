/** For commander: a number of bytes, as people write it. */
import { InvalidArgumentError } from 'commander';
import { parseSize, SIZE_WORDS } from '../shared/size.ts';

/** @returns bytes */
export function size(text: string): number {
  const bytes = parseSize(text);
  if (bytes === undefined) throw new InvalidArgumentError(`Expected ${SIZE_WORDS}.`);
  return bytes;
}
