import { describe, expect, it } from 'vitest';
import {
  hostArchitecture,
  osFromMacVersion,
  osFromRelease,
  runsOn,
} from '../../src/spec/host-architecture.ts';

describe('the operating system', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', 'debian12'],
    ['NAME=Ubuntu\nVERSION_ID="24.04"\nID=ubuntu\n', 'ubuntu24.04'],
    ['ID="rocky"\nVERSION_ID="9.4"\n', 'rocky9'],
    ['ID="ol"\nVERSION_ID="8.9"\n', 'oracle8'],
    ["ID='opensuse-leap'\nVERSION_ID='15.5'\n", 'opensuse15'],
    ['ID=arch\n', 'arch'],
    ['ID="opensuse-tumbleweed"\nVERSION_ID="20240101"\n', undefined],
    ['', undefined],
  ])('of %j is %s', (text, name) => {
    expect(osFromRelease(text)).toBe(name);
  });

  it.each([
    ['14.5\n', 'sonoma'],
    ['11.0.1', 'bigsur'],
    ['10.15.7', 'catalina'],
    ['99.1', 'macos'],
  ])('of macOS %j is %s', (version, name) => {
    expect(osFromMacVersion(version)).toBe(name);
  });
});

describe('runsOn', () => {
  const host = { platform: 'linux', os: 'debian12', target: 'zen2' };

  it.each([
    [{ platform: 'linux', os: 'debian12', target: 'x86_64_v3' }, true],
    [{ platform: 'linux', os: 'debian12', target: 'zen2' }, true],
    [{ platform: 'linux', os: 'debian12', target: 'zen3' }, false],
    [{ platform: 'linux', os: 'ubuntu24.04', target: 'x86_64' }, false],
    [{ platform: 'darwin', os: 'sonoma', target: 'm1' }, false],
  ])('%j: %s', (spec, runs) => {
    expect(runsOn(host, spec)).toBe(runs);
  });

  it('holds for this machine and itself', async () => {
    const here = await hostArchitecture();
    expect(runsOn(here, { ...here, os: here.os ?? 'any' })).toBe(true);
  });
});
