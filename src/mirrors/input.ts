/** The action's `mirrors` input: a YAML map, lines `name=url`, or the path of a file. */
import { type MirrorConfiguration, parseMirrors } from './config.ts';
import { mirrorsFile, parseYaml } from './environment.ts';
import { hasKnownScheme, type LocationContext } from './location.ts';

/** @throws `bad-input` for what is none of the three, `not-found` for a file that is not there */
export async function parseMirrorsInput(
  text: string,
  context: LocationContext,
): Promise<MirrorConfiguration> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first = ''] = lines;
  const pairs = lines.map((line) => /^([\w.-]+)=(\S+)$/.exec(line));
  if (pairs.every((pair) => pair !== null)) {
    const section = Object.fromEntries(pairs.map(([, name = '', url = '']) => [name, url]));
    return parseMirrors(section, 'the input mirrors', context);
  }
  if (lines.length === 1 && !first.includes(': ') && !hasKnownScheme(first)) {
    return mirrorsFile(`${context.base}/${first}`, context.env, context.environment);
  }
  const document = await parseYaml(text, 'the input mirrors');
  return parseMirrors(document, 'the input mirrors', context);
}
