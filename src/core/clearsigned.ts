/**
 * Finds the text inside an OpenPGP cleartext message (RFC 9580 section 7) without verifying anything: for
 * telling what a document says, never for trusting it.
 */

/** The signed text, dash-escapes undone; undefined when this is no cleartext message. */
export function clearsignedText(document: string): string | undefined {
  if (!document.startsWith('-----BEGIN PGP SIGNED MESSAGE-----')) return undefined;
  const match =
    /^-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)\r?\n-----BEGIN PGP SIGNATURE-----/.exec(
      document,
    );
  return match?.[1]?.replace(/^- /gm, '');
}
