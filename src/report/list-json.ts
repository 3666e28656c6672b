/** `list` for machines. */
import { type ListedSpec, sortSpecs } from '../plan/listed-spec.ts';
import { shortSpecWith } from '../spec/format.ts';

/** What `list --json` prints, in pieces: a list with one spec a line. Fields are only added. */
export function* listJson(specs: readonly ListedSpec[]): Generator<string> {
  yield '[';
  let separator = '\n';
  for (const spec of sortSpecs(specs)) {
    yield `${separator}  ${JSON.stringify(record(spec))}`;
    separator = ',\n';
  }
  yield specs.length === 0 ? ']\n' : '\n]\n';
}

function record(spec: ListedSpec): unknown {
  const { name, version, hash, namespace, platform, os, target, compilers, variants, mirrors } = spec;
  return {
    name,
    version,
    hash,
    short_spec: shortSpecWith(spec, variants),
    namespace: namespace ?? null,
    arch: { platform, os, target },
    compilers: compilers === '' ? null : compilers,
    mirrors,
  };
}
