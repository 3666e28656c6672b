import { describe, expect, it } from 'vitest';
import { hostFactsFor, operatingSystem } from '../../src/mirrors/host-facts.ts';

describe('operatingSystem', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', 'debian12'],
    ['NAME="Ubuntu"\nID=ubuntu\nVERSION_ID="24.04"\n', 'ubuntu24.04'],
    ['ID="rhel"\nVERSION_ID="9.4"\n', 'rhel9'],
    ['ID="ol"\nVERSION_ID="8.10"\n', 'oracle8'],
    ['ID="opensuse-leap"\nVERSION_ID="15.6"\n', 'opensuse15'],
    ['ID=arch\n', 'arch'],
    ['', undefined],
  ])('%j', (release, expected) => {
    expect(operatingSystem(release)).toBe(expected);
  });
});

describe('hostFactsFor', () => {
  it('looks only when a variable asks', async () => {
    expect(await hostFactsFor('/mirror/$env/$date')).toBeUndefined();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Spack's spelling
    expect((await hostFactsFor('/mirror/${ARCH}'))?.target).toMatch(/^\w+$/);
  });
});
