/**
 * Opens something when it is first needed, once. Those who ask share what came of it, a failure too: for keys and the
 * like, which no second look changes.
 */
export function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
