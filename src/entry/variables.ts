/**
 * The variables of this process, and nothing else: a checked-out file may name any variable, and every object of the
 * language has a `constructor`, which is no text.
 */
export function variables(): Record<string, string | undefined> {
  return Object.assign(Object.create(null) as Record<string, string | undefined>, process.env);
}
