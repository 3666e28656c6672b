/** Configured mirrors, for a person and for machines. Secrets are named by their variables and never shown. */
import { oneLine } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import type { CredentialSource, Mirror, MirrorSide } from '../mirrors/mirror.ts';

/** Lines without line ends, with the names in a column. */
export function mirrorsText(mirrors: readonly Mirror[]): string[] {
  const width = Math.max(0, ...mirrors.map(({ name }) => oneLine(name).length));
  return mirrors.map((mirror) => {
    const marks = [
      mirror.signed ? 'signed' : 'unsigned',
      ...(mirror.autopush ? ['autopush'] : []),
      ...(mirror.binary ? [] : ['sources only']),
      ...((mirror.fetch.filter ?? mirror.push.filter) ? ['filtered'] : []),
    ];
    const { fetch, push } = mirror;
    const isSame = fetch.url === push.url && fetch.view === push.view;
    const places = isSame ? place(fetch) : `fetch ${place(fetch)}, push ${place(push)}`;
    return `${oneLine(mirror.name).padEnd(width)}  [${marks.join(', ')}]  ${oneLine(places)}`;
  });
}

/** What `mirror list --json` prints. Within one `version`, fields are only added. */
export function mirrorsJson(mirrors: readonly Mirror[]): unknown {
  const side = ({ url, view, endpointUrl, credentials, filter }: MirrorSide) => ({
    url: url === '' ? null : redactUrl(url),
    view: view ?? null,
    endpoint_url: endpointUrl === undefined ? null : redactUrl(endpointUrl),
    credentials: credentialsJson(credentials),
    include_binary: filter?.include ?? [],
    exclude_binary: filter?.exclude ?? [],
  });
  return {
    version: 1,
    mirrors: mirrors.map(({ name, fetch, push, signed, autopush, binary }) => ({
      name,
      signed,
      autopush,
      binary,
      fetch: side(fetch),
      push: side(push),
    })),
  };
}

function place({ url, view }: MirrorSide): string {
  if (url === '') return 'nowhere';
  return view === undefined ? redactUrl(url) : `${redactUrl(url)} (view ${view})`;
}

function credentialsJson({ id, secretVariable, tokenVariable, profile }: CredentialSource): unknown {
  return {
    id: id !== undefined && 'value' in id ? id.value : null,
    id_variable: id !== undefined && 'variable' in id ? id.variable : null,
    secret_variable: secretVariable ?? null,
    access_token_variable: tokenVariable ?? null,
    profile: profile ?? null,
  };
}
