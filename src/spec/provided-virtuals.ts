/** What a node of format 6 says that it provides, whether or not anything uses it for that: `["mpi@:3", "blas"]`. */

/** @returns names without versions, which no question of ours asks about */
export function providedVirtuals(dict: Readonly<Record<string, unknown>>): string[] {
  const provided: unknown = dict['provided_virtuals'];
  if (!Array.isArray(provided)) return [];
  return provided.flatMap((each: unknown) => {
    const name = typeof each === 'string' ? /^\w[\w-]*/.exec(each)?.[0] : undefined;
    return name ?? [];
  });
}
