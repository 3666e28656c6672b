/** The files behind GITHUB_OUTPUT, GITHUB_STATE and GITHUB_ENV, read as the runner does (FileCommandManager.cs). */

/**
 * Pairs in the forms `name=value` and `name<<delimiter`, lines, `delimiter`. Lines end in LF and in nothing
 * else. Throws with the runner's words.
 */
export function parseFileCommands(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const lines = text.split('\n');
  const last = lines.length - 1; // what follows the last LF: nothing, or a line without its end
  for (let i = 0; i <= last; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.set(line.slice(0, equals), line.slice(equals + 1));
      continue;
    }
    if (heredoc < 0) throw new Error(`Invalid format '${line}'`);
    const name = line.slice(0, heredoc);
    const delimiter = line.slice(heredoc + 2);
    if (name === '' || delimiter === '') {
      throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
    }
    const end = lines.indexOf(delimiter, i + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    pairs.set(name, lines.slice(i + 1, end).join('\n'));
    i = end;
  }
  return pairs;
}
