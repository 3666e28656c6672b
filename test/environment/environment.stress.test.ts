import { expect, test } from 'vitest';
import { parseYaml } from '../../src/environment/yaml-text.ts';

test('thousands of packages and specs may share what they have in common', async () => {
  const many = (line: (i: number) => string) => Array.from({ length: 3000 }, (_, i) => line(i)).join('\n');
  const text =
    'c: &common {variants: +shared, target: [x86_64_v3]}\nd: &more {<<: *common, buildable: true}\ne: &gcc "%gcc@12"\n' +
    `${many((i) => `p${i}: {<<: *more, version: ['${i}']}`)}\nspecs:\n${many((i) => `- matrix: [[p${i}], [*gcc]]`)}\n`;
  const found = await parseYaml(text, 'x.yaml');
  expect(found).toMatchObject({ p2999: { variants: '+shared', buildable: true, version: ['2999'] } });
  expect(found).toHaveProperty('specs.2999.matrix', [['p2999'], ['%gcc@12']]);
});
