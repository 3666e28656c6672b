import { homedir, userInfo } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { homeFolder, userFolder } from '../../src/core/user-folders.ts';
import { indexFolder, stateFolder } from '../../src/entry/cli/shared-options.ts';
import { downloadFolder } from '../../src/entry/cli/trust-options.ts';
import { keyringFolder } from '../../src/entry/shared/trust-request.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('is where the environment says', () => {
  expect(homeFolder({ HOME: '/home/u' })).toBe('/home/u');
  expect(userFolder({ HOME: '/home/u' }, 'XDG_CACHE_HOME', '.cache')).toBe('/home/u/.cache');
  expect(userFolder({ HOME: '/home/u', XDG_CACHE_HOME: '/c' }, 'XDG_CACHE_HOME', '.cache')).toBe('/c');
  expect(homeFolder({})).toBe(homedir());
});

describe.each(['', '.', 'relative/folder', '~'])('a variable that says %j', (text) => {
  it.each([indexFolder, stateFolder, downloadFolder, keyringFolder])(
    'leads to nothing in the working directory, which a stranger may have filled: %o',
    (folder) => {
      vi.stubEnv('HOME', text); // the system's own answer goes by it, too
      const home = userInfo().homedir;
      for (const HOME of [text, undefined]) expect(folder({ HOME }).startsWith(`${home}/`)).toBe(true);
      const XDG = { XDG_CACHE_HOME: text, XDG_STATE_HOME: text, XDG_DATA_HOME: text };
      expect(folder({ HOME: '/home/u', ...XDG })).toMatch(/^\/home\/u\/\./);
    },
  );
});
