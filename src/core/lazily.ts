/**
 * Opens something when it is first needed, once. All callers share the result, a failure too. For keys and the like,
 * where a second look would change nothing.
 */
export function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
