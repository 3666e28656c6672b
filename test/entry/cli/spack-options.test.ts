import { describe, expect, it } from 'vitest';
import { tempDir } from '../../harness/temp-dir.ts';
import { runVerb } from '../run-verb.ts';

describe('an option of Spack that is not here', () => {
  it.each([
    [['check', '--scope', 'site'], '--scope', '--mirrors'],
    [['mirror', 'list', '--scope', 'user'], '--scope', '--environment or --mirrors'],
    [['mirror', 'add', '--scope=env:x', 'name', 'url'], '--scope', '--environment or --mirrors'],
    [['mirror', 'remove', '--all-scopes', 'name'], '--all-scopes', '--environment or --mirrors'],
    [['mirror', 'create', '-d', 'folder', '--all'], 'there is no mirror create', 'push to its path'],
    [['mirror', 'destroy', '-m', 'name'], 'there is no mirror destroy', 'prune'],
  ])('is refused in one line that says what to use: %j', async (args, what, instead) => {
    await using dir = await tempDir();
    const { code, out, err } = await runVerb(args, dir.path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(what);
    expect(err).toContain(instead);
  });

  it('is in no help', async () => {
    await using dir = await tempDir();
    for (const verb of [['check'], ['mirror', 'add'], ['mirror'], ['prune']]) {
      const { out } = await runVerb([...verb, '--help'], dir.path);
      expect([verb, out]).toEqual([verb, expect.not.stringMatching(/--scope|destroy|yes-to-all/)]);
    }
  });
});
