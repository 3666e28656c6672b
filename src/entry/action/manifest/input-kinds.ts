/** The kinds of inputs: what each kind says of itself, and the words in which `inputs.ts` says it. */
import type { Limits } from '../../shared/limits.ts';

/**
 * The default of inputs that have no value of their own to fall back on and must not be empty. The runner gives it to a
 * step that leaves the input out, so that an empty value is one that the workflow has written. A workflow may say it too.
 * No package, mirror or folder is called so; a path of this name is `./unset`.
 */
export const UNSET = 'unset';

/**
 * Whether an input may be empty, as an expression of a variable or a secret that is not set is. The runner takes no default
 * then.
 */
export type Empty =
  /** As if it were left out: no more is done or trusted than was meant. Or it is a secret, which a fork's run has not. */
  | typeof ALLOWED
  /** An error, in all commands that take it. What it would mean otherwise completes "that would mean". */
  | Refused;

export interface Refused {
  readonly meaning: string;
}

export const ALLOWED = 'allowed';

export function refused(meaning: string): Refused {
  return { meaning };
}

interface About {
  readonly text: string;
  readonly empty: Empty;
}

export type Input =
  /** As it is written: a name, a path, YAML; the default may be an expression of the runner's. */
  | (About & { readonly kind: 'text'; readonly default: string })
  /** One item a line: specs have spaces. Lines that begin with # are comments; one of comments alone is empty. */
  | (About & { readonly kind: 'list'; readonly empty: Refused; readonly default: typeof UNSET })
  | (About & { readonly kind: 'flag'; readonly default: boolean })
  | Choice<string>
  /** `30d`, `12h`; the default may be none. */
  | (About & { readonly kind: 'age'; readonly default: string })
  /** `200G` */
  | (About & { readonly kind: 'size'; readonly empty: Refused; readonly default: typeof UNSET })
  | (About & { readonly kind: 'count' } & Limits);

export interface Choice<T extends string> extends About {
  readonly kind: 'choice';
  readonly choices: readonly T[];
  readonly default: T;
}

/** Where the default is nothing: `UNSET` unless it may be empty. */
export function text(empty: Empty, about: string, otherwise: string = empty === ALLOWED ? '' : UNSET) {
  return { kind: 'text', text: about, empty, default: otherwise } as const;
}

export function list(empty: Refused, about: string) {
  return { kind: 'list', text: about, empty, default: UNSET } as const;
}

export function flag(otherwise: boolean, empty: Empty, about: string) {
  return { kind: 'flag', text: about, empty, default: otherwise } as const;
}

export function size(empty: Refused, about: string) {
  return { kind: 'size', text: about, empty, default: UNSET } as const;
}

export function age(otherwise: string, empty: Empty, about: string) {
  return { kind: 'age', text: about, empty, default: otherwise } as const;
}

/** The first is the default. */
export function choice<const T extends string>(
  choices: readonly [T, ...T[]],
  empty: Empty,
  about: string,
): Choice<T> {
  return { kind: 'choice', text: about, choices, empty, default: choices[0] };
}

export function count(limits: Limits, empty: Empty, about: string) {
  return { kind: 'count', text: about, empty, ...limits } as const;
}
