/** What a server asks for in `WWW-Authenticate` (RFC 9110, section 11.6.1): one or more challenges, in mixed lists. */

export interface Challenge {
  /** Lower-case: `basic`, `bearer`. */
  readonly scheme: string;
  /** Lower-case names; of a repeated one the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** No honest header is longer. The pattern below takes linear time, but what it yields is kept. */
const MOST = 16 * 1024;

/** A scheme, or a parameter with its value as a token or in quotes; commas and white space before it. */
const PART =
  /[\s,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"=]+)))?(?=[\s,]|$)/y;

/**
 * Reads the header as far as it can be understood; the rest asks for nothing. A challenge with a bare token instead
 * of parameters (`Negotiate YII=`) has no parameters here: we speak no such scheme.
 * @param header attacker-controlled; several headers are joined with commas
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  PART.lastIndex = 0;
  const text = header.slice(0, MOST);
  for (let match = PART.exec(text); match !== null; match = PART.exec(text)) {
    const [, name = '', quoted, bare] = match;
    const value = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
    const last = challenges.at(-1);
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else if (last === undefined) break;
    else if (!last.parameters.has(name.toLowerCase())) last.parameters.set(name.toLowerCase(), value);
  }
  return challenges;
}
