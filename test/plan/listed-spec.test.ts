import { expect, it } from 'vitest';
import { type ListedSpec, sortSpecs } from '../../src/plan/listed-spec.ts';

function spec(changes: Partial<ListedSpec>): ListedSpec {
  const arch = { platform: 'linux', os: 'debian12', target: 'x86_64_v3' };
  const rest = { namespace: 'builtin', variants: '', compilers: '%c=gcc@12.2.0', mirrors: ['m'] };
  return { name: 'zlib', version: '1.3', hash: 'a'.repeat(32), ...arch, ...rest, ...changes };
}

it('sorts by architecture, compilers, name, version as Spack orders versions, and variants', () => {
  const sorted = [
    spec({ target: 'aarch64', compilers: '' }),
    spec({ name: 'hdf5', version: '1.9' }),
    spec({ name: 'hdf5', version: '1.10' }),
    spec({ name: 'hdf5', version: 'main' }),
    spec({ variants: '+pic' }),
    spec({ variants: '~pic' }),
    spec({ variants: '~pic', hash: 'b'.repeat(32) }),
    spec({ name: 'hdf5', compilers: '%c=gcc@13' }),
    spec({ name: 'autoconf', compilers: '' }),
  ];
  expect(sortSpecs(sorted.toReversed())).toEqual(sorted);
});
