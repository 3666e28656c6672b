import { expect, it } from 'vitest';
import { hostFactsFor } from '../../src/environment/host-facts.ts';

it('looks only when a variable asks', async () => {
  expect(await hostFactsFor('/mirror/$env/$date')).toBeUndefined();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Spack's spelling
  expect((await hostFactsFor('/mirror/${ARCH}'))?.target).toMatch(/^\w+$/);
});
