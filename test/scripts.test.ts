/** Scripts and benchmarks need tools that not every machine has: that what they import is there is seen without running them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FILES = ['bench', 'scripts', '.ci'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => join(folder, name)),
);

test('what scripts and benchmarks import is there, by the names they ask for', () => {
  expect(FILES.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const file of FILES) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, names = '', from = ''] of text.matchAll(/^import \{([^}]*)\} from '(\.[^']+)'/gm)) {
      const target = join(ROOT, dirname(file), from);
      if (!existsSync(target)) {
        wrong.push(`${file}: ${from}`);
        continue;
      }
      const source = readFileSync(target, 'utf8');
      for (const part of names.split(',')) {
        const name = part.trim().split(/\s/)[0] ?? '';
        const declared = new RegExp(`^export (?:async )?(?:function\\*?|const|class|let) ${name}\\b`, 'm');
        if (name !== '' && !declared.test(source)) wrong.push(`${file}: ${name} from ${from}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
