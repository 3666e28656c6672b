/** User and password out of a URL, as their owner wrote them. */

/** A percent sign that encodes nothing stands for itself: passwords have percent signs, and few people encode them. */
export function decodedUserInfo({ username, password }: Pick<URL, 'username' | 'password'>): {
  readonly username: string;
  readonly password: string;
} {
  return { username: percentDecoded(username), password: percentDecoded(password) };
}

/** @returns the text itself where it is not encoded text */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // One stray percent sign must not keep the rest from being read.
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    });
  }
}
