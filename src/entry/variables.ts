/**
 * The variables of this process, in an object without inherited members. A checked-out file may name any variable, and an
 * ordinary object has a member `constructor`, which is not text.
 */
export function variables(): Record<string, string | undefined> {
  return Object.assign(Object.create(null) as Record<string, string | undefined>, process.env);
}
