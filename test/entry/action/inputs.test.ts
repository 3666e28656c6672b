import { expect, it } from 'vitest';
import { readActionInputs } from '../../../src/entry/action/inputs.ts';
import { environmentOf } from '../command-line.ts';

it.each(['only-mirrors', 'require-provenance'])('%s with comments only allows nothing', async (name) => {
  const read = (text: string) =>
    readActionInputs({ [`INPUT_${name.toUpperCase()}`]: text }, environmentOf('1.2'));
  await expect(read('# repository=org/*\n  # and no other')).rejects.toThrow(`the input ${name} is wrong`);
  for (const text of ['', ' \n ', '# why\nrepository=org/*']) await read(text);
});
