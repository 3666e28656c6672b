/**
 * Finds the text inside an OpenPGP cleartext message (RFC 9580 section 7) without verifying anything: for telling
 * what a document says, never for trusting it.
 */
import { whyGpgRefuses } from './signature-block.ts';

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

/**
 * Why Spack cannot read a cleartext message that others can. Spack takes the text after one `Hash` header with one
 * value, up to the last signature, and undoes no dash-escapes. It lets gpg verify the message, which refuses more than we do.
 * @returns undefined where it can be read
 */
export function whySpackCannotRead(document: string): string | undefined {
  const start = /^-----BEGIN PGP SIGNED MESSAGE-----\r?\n/.exec(document.slice(0, BEGIN.length + 2))?.[0];
  const blank = start === undefined ? null : BLANK_LINE.exec(document.slice(start.length - 1));
  if (start === undefined || blank === null) return 'it is no signed message';
  const headers = document.slice(start.length, start.length - 1 + blank.index).trim();
  const body = document.slice(start.length - 1 + blank.index + blank[0].length);
  const lines = headers === '' ? [] : headers.split('\n', 3);
  const hashes = lines.filter((line) => /^Hash:/.test(line));
  if (hashes.length !== 1) return hashes.length === 0 ? 'it has no Hash header' : 'it has two Hash headers';
  if (lines.length !== 1) return 'it has another header beside Hash';
  if (!/^Hash:\s+[^\s,]+\s*$/.test(headers)) return 'its Hash header has several values';
  if (/[a-z]/.test(headers.slice('Hash:'.length))) return 'its Hash header is not in capitals';
  const signature = body.search(SIGNATURE);
  if (signature === -1) return 'it has no signature';
  if (/^- /m.test(body.slice(0, signature))) return 'its text is dash-escaped';
  return whyGpgRefuses(body.slice(signature).trimStart());
}
