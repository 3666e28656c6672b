/**
 * Finds the text inside an OpenPGP cleartext message (RFC 9580 section 7) without verifying anything: for
 * telling what a document says, never for trusting it.
 */

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = /\r?\n-----BEGIN PGP SIGNATURE-----/;
const BLANK_LINE = /\n\r?\n/;

/** The signed text, dash-escapes undone; undefined when this is no cleartext message. */
export function clearsignedText(document: string): string | undefined {
  const start = /^-----BEGIN PGP SIGNED MESSAGE-----\r?(?=\n)/.exec(document.slice(0, BEGIN.length + 2))?.[0];
  if (start === undefined) return undefined;
  // One pattern over the whole would keep a state for each header line, and a hostile document has millions.
  const rest = document.slice(start.length);
  const blank = BLANK_LINE.exec(rest);
  if (blank === null) return undefined;
  const body = rest.slice(blank.index + blank[0].length);
  const end = body.search(SIGNATURE);
  return end === -1 ? undefined : body.slice(0, end).replace(/^- /gm, '');
}
