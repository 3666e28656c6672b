import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts what a verb of the command line loads into one file: each file of the bundle takes half a millisecond to find, read
 * and link. The other verbs have parts in common with it, so the files that were put together stay.
 * @param folder the bundle as ncc writes it, before it is minified
 * @param verb of `src/entry/cli/verbs.ts`
 * @throws where the bundle is not what is expected
 */
export function mergeChunks(folder, verb) {
  const call = new RegExp(
    `(name: '${verb}',[^}]*}[^}]*?load: \\(\\) => Promise\\.all\\([^[]*)\\[([^\\]]*)\\]`,
  );
  const callers = readdirSync(folder).filter((name) => call.test(readFileSync(join(folder, name), 'utf8')));
  if (callers.length !== 1) throw new Error(`${callers.length} files load the verb ${verb}`);
  const caller = join(folder, callers[0]);
  const text = readFileSync(caller, 'utf8');
  const [, before, list] = call.exec(text);
  const [load] = /^\w+\.e/.exec(list);
  const ids = [...list.matchAll(/\.e\((\d+)\)/g)].map(([, id]) => id);
  const chunks = ids.map((id) => ({ id, ...readChunk(join(folder, `${id}.index.js`)) }));
  // The parser of the command line has been loaded by then.
  const merged = chunks.filter(({ modules }) => !modules.includes('executableFile'));
  const name = JSON.stringify(verb);
  writeFileSync(
    join(folder, `${verb}.index.js`),
    [
      `export const id = ${name};`,
      `export const ids = [${[name, ...merged.flatMap((chunk) => chunk.ids)].join(', ')}];`,
      `export const modules = Object.assign(${merged.map(({ modules }) => modules).join(',\n')});\n`,
    ].join('\n'),
  );
  const calls = [name, ...ids.filter((id) => !merged.some((chunk) => chunk.id === id))];
  writeFileSync(
    caller,
    text.replace(call, () => `${before}[${calls.map((id) => `${load}(${id})`).join(', ')}]`),
  );
}

function readChunk(file) {
  const chunk =
    /^export const id = \d+;\nexport const ids = \[([\d,]+)\];\nexport const modules = (\{[\s\S]*\});\n*$/;
  const [, ids, modules] = chunk.exec(readFileSync(file, 'utf8')) ?? [];
  if (modules === undefined) throw new Error(`${file} is no chunk as ncc writes it`);
  return { ids: ids.split(','), modules };
}
