/** Masking as the runner does it (SecretMasker.cs, ValueEncoders.cs): each secret, and its usual encodings. */

export interface Masker {
  /** Also masks the encodings the runner thinks of: base64 at three offsets, JSON, URI, XML, quotes. */
  add(secret: string): void;
  mask(text: string): string;
  /** As added. */
  readonly secrets: readonly string[];
}

export function createMasker(): Masker {
  const secrets: string[] = [];
  const patterns = new Set<string>();
  return {
    secrets,
    add(secret) {
      if (secret.trim() === '' || secrets.includes(secret)) return;
      secrets.push(secret);
      const bytes = Buffer.from(secret);
      const shifted = (by: number) => (bytes.length > by ? bytes.subarray(by) : bytes).toString('base64');
      const quoted = secret.length > 8 && secret.startsWith('"') && secret.endsWith('"');
      for (const pattern of [
        secret,
        ...[0, 1, 2].map(shifted),
        secret.replaceAll('"', '\\"'),
        secret.replaceAll("'", "''"),
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
        secret.replace(/[<>&"']/g, (c) => xmlEntities[c] ?? c),
        quoted ? secret.slice(1, -1) : secret,
      ]) {
        patterns.add(pattern);
      }
    },
    mask(text) {
      const covered = new Uint8Array(text.length);
      for (const pattern of patterns) {
        // Overlapping occurrences as well: one step on, not one pattern on.
        for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
          covered.fill(1, at, at + pattern.length);
        }
      }
      let masked = '';
      for (let i = 0; i < text.length; i++) {
        if (covered[i] === 0) masked += text[i];
        else if (i === 0 || covered[i - 1] === 0) masked += '***';
      }
      return masked;
    },
  };
}

const xmlEntities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};
