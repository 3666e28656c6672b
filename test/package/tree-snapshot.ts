/** Everything below a directory, as something two of which can be compared. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export type Snapshot = Record<string, string>;

/** Per path, read as UTF-8: `directory <mode>`, `link <target>`, or `file <mode> <links> <contents, hashed when long>`. */
export function snapshot(directory: string | Buffer, below = ''): Snapshot {
  const found: Snapshot = {};
  for (const name of readdirSync(directory, { encoding: 'buffer' }).toSorted(Buffer.compare)) {
    const path = join(below, name.toString());
    const full = Buffer.concat([Buffer.from(directory), Buffer.from('/'), name]);
    const stats = lstatSync(full);
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isDirectory()) {
      found[path] = `directory ${mode}`;
      Object.assign(found, snapshot(full, path));
    } else if (stats.isSymbolicLink()) {
      found[path] = `link ${readlinkSync(full)}`;
    } else {
      const contents = readFileSync(full);
      const text =
        contents.length < 80
          ? contents.toString('latin1')
          : createHash('sha256').update(contents).digest('hex');
      found[path] = `file ${mode} ${stats.nlink} ${text}`;
    }
  }
  return found;
}
