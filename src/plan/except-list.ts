/**
 * What the other side has, so that a bundle need not bring it again. That is the output of `bundle list` or of `list`
 * there, as text with whole hashes or as JSON; or a list of hashes. What cannot be read is refused: a spec that was
 * left out by mistake would be missing where nobody can fetch it.
 */
import { BuildcacheError } from '../core/errors.ts';
import { isObject } from '../core/json.ts';

/** @throws BuildcacheError `bad-input`, naming the line */
export function parseExceptList(text: string, file: string): Set<string> {
  return /^\s*[[{]/.test(text) ? hashesInJson(text, file) : hashesInText(text, file);
}

function hashesInText(text: string, file: string): Set<string> {
  const hashes = new Set<string>();
  for (const [i, line] of text.split('\n').entries()) {
    const said = (` ${line}`.split(/\s#/, 1)[0] ?? '').trim();
    // In the output of `list`, a group has its architecture above it.
    if (said === '' || /^-- .* -+$/.test(said)) continue;
    const hash = HASHES.map((pattern) => pattern.exec(said)?.[1]).find((each) => each !== undefined);
    if (hash === undefined) throw noHash(file, `line ${i + 1}`);
    hashes.add(hash);
  }
  return hashes;
}

/** The lines of `bundle list`, `name@version /hash`; those of `list -L`, `hash name@version`; or a hash. */
const HASHES = [/^[^\s/@]+@\S* \/([a-z2-7]{32})$/, /^([a-z2-7]{32})(?: \S.*)?$/, /^\/([a-z2-7]{32})$/];

function hashesInJson(text: string, file: string): Set<string> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw noHash(file, 'its JSON');
  }
  const specs = isObject(document) ? document['specs'] : document;
  if (!Array.isArray(specs)) throw noHash(file, 'its JSON');
  return new Set(
    specs.map((spec: unknown, i) => {
      const hash = isObject(spec) ? spec['hash'] : undefined;
      if (typeof hash === 'string' && /^[a-z2-7]{32}$/.test(hash)) return hash;
      throw noHash(file, `spec ${i + 1}`);
    }),
  );
}

function noHash(file: string, where: string): BuildcacheError {
  return new BuildcacheError(
    'bad-input',
    `${where} of the list of what the other side has is no spec with its hash`,
    {
      file,
      expected: 'what `bundle list`, `list -L` or `list --json` prints',
      found: 'something else',
    },
  );
}
