/** The action's `mirrors` input: a YAML map, lines `name=url`, or the path of a file. */
import { resolve } from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, objectOf } from '../core/json.ts';
import { hasKnownScheme, type LocationContext } from '../environment/location.ts';
import { parseYaml } from '../environment/yaml-text.ts';
import { type MirrorConfiguration, readMirrors } from './config.ts';
import { asCheckedOut, mirrorsFile } from './environment-mirrors.ts';

/**
 * @param checkoutEnv the variables that a file may read, where that is not all of them
 * @throws `bad-input` for what is none of the three, `not-found` for a file that is not there
 */
export async function parseMirrorsInput(
  text: string,
  context: LocationContext,
  checkoutEnv = context.env,
): Promise<MirrorConfiguration> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first = ''] = lines;
  const pairs = lines.map((line) => /^([\w.-]+)=(\S+)$/.exec(line));
  if (pairs.every((pair) => pair !== null)) {
    const names = pairs.map(([, name = '']) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      throw new BuildcacheError('bad-input', `two mirrors are named "${twice}"`, {
        file: 'the input mirrors',
        hint: 'take one of them out, or rename it',
      });
    }
    const section = objectOf(pairs.map(([, name = '', url = '']) => [name, url] as const));
    return await readMirrors(section, 'the input mirrors', context);
  }
  if (lines.length === 1 && /^[^:{}[\]"']+$/.test(first) && !hasKnownScheme(first)) {
    const file = resolve(context.base, first);
    const found = await mirrorsFile(file, checkoutEnv, context.environment).catch(namingTheInput);
    // The workflow names the file, but what the file says is the checkout's.
    return { ...found, mirrors: found.mirrors.map(asCheckedOut) };
  }
  const document = await parseYaml(text, 'the input mirrors');
  const section = isObject(document) && isObject(document['mirrors']) && !('url' in document['mirrors']);
  return await readMirrors(section ? document['mirrors'] : document, 'the input mirrors', context);
}

function namingTheInput(error: unknown): never {
  if (!(error instanceof BuildcacheError) || error.code !== 'not-found') throw error;
  throw new BuildcacheError('not-found', 'the input mirrors names no file', {
    ...error.facts,
    expected: 'a YAML map, lines name=url, or the path of a file',
  });
}
