/**
 * The variables of this process, in an object without inherited members. A checked-out file may name any variable, and an
 * ordinary object has a member `constructor`, which is not text.
 */
import { isAbsolute } from 'node:path';

/**
 * A `HOME` that is empty or a relative path is removed, from the process too: libraries would look for the user's settings
 * and credentials in the working directory, where a stranger's checkout may have some.
 */
export function variables(): Record<string, string | undefined> {
  const home = process.env['HOME'];
  if (home !== undefined && !isAbsolute(home)) delete process.env['HOME'];
  return Object.assign(Object.create(null) as Record<string, string | undefined>, process.env);
}
