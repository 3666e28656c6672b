/** For commander: reads an age as people write it, such as `30d`. */
import { InvalidArgumentError } from 'commander';
import { AGE_WORDS, parseAge } from '../shared/age.ts';

/** @returns milliseconds */
export function age(text: string): number {
  const milliseconds = parseAge(text);
  if (milliseconds === undefined) throw new InvalidArgumentError(`Expected ${AGE_WORDS}.`);
  return milliseconds;
}
