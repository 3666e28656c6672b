import { describe, expect, it } from 'vitest';
import { specArguments } from '../../../src/entry/cli/spec-arguments.ts';

describe('specArguments', () => {
  it.each([
    [
      ['hdf5', 'zlib'],
      ['hdf5', 'zlib'],
    ],
    [
      ['/abc', '/def'],
      ['/abc', '/def'],
    ],
    [
      ['hdf5', '@1.12', '%gcc@12', 'zlib'],
      ['hdf5@1.12 %gcc@12', 'zlib'],
    ],
    [
      ['hdf5', '/abc', '/def'],
      ['hdf5 /abc', '/def'],
    ],
    [['hdf5', 'cflags=-O2 -g', '+mpi'], ["hdf5+mpi cflags='-O2 -g'"]],
    [['hdf5 zlib'], ['hdf5', 'zlib']],
    [
      ['py-*', 'hdf5', '~mpi'],
      ['py-*', 'hdf5~mpi'],
    ],
    [['@1.2'], ['@1.2']],
    [[], []],
  ])('%j', async (args, specs) => {
    expect(await specArguments(args)).toEqual(specs);
  });

  it('refuses what cannot be read', async () => {
    await expect(specArguments(['hdf5', '@'])).rejects.toMatchObject({ code: 'usage' });
  });
});
