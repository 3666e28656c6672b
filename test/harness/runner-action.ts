/** An `action.yml` as the runner reads it, and the inputs a step gets from it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type ExpressionScope, interpolate } from './runner-expression.ts';

export interface Action {
  readonly folder: string;
  readonly inputs: ReadonlyMap<string, { readonly default: string; readonly deprecated: string | undefined }>;
  readonly runs:
    | {
        readonly using: 'node24';
        readonly main: string;
        readonly post: string | undefined;
        readonly postIf: string;
      }
    | { readonly using: 'composite'; readonly steps: readonly CompositeStep[] };
  /** Of a composite action: name to expression. */
  readonly outputs: ReadonlyMap<string, string>;
}

export interface CompositeStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

/** The action in this folder: `action.yml`, else `action.yaml`. */
export async function loadAction(folder: string): Promise<Action> {
  const text = await readFile(join(folder, 'action.yml'), 'utf8').catch(() =>
    readFile(join(folder, 'action.yaml'), 'utf8'),
  );
  const document = parse(text) as {
    inputs?: Record<string, { default?: unknown; deprecationMessage?: string } | null>;
    outputs?: Record<string, { value?: string }>;
    runs: Record<string, unknown>;
  };
  const inputs = Object.entries(document.inputs ?? {}).map(([name, input]) => {
    const value = input?.default;
    const text = value === undefined || value === null ? '' : String(value);
    return [name, { default: text, deprecated: input?.deprecationMessage }] as const;
  });
  const outputs = Object.entries(document.outputs ?? {}).map(
    ([name, { value = '' }]) => [name, value] as const,
  );
  return { folder, inputs: new Map(inputs), outputs: new Map(outputs), runs: runsOf(folder, document.runs) };
}

export interface Inputs {
  /** In the order of `with`, then of the definition. */
  readonly values: ReadonlyMap<string, string>;
  /** The runner's own words. */
  readonly warnings: readonly string[];
}

/** What a step gets: its `with`, then the defaults of what it leaves out. Names are compared without case. */
export function inputsOf(
  action: Action,
  given: Readonly<Record<string, string | number | boolean>>,
  scope: ExpressionScope,
): Inputs {
  const values = new Map(Object.entries(given).map(([name, value]) => [name, String(value)]));
  const lowerCase = (names: Iterable<string>) => new Set([...names].map((name) => name.toLowerCase()));
  const known = lowerCase(action.inputs.keys());
  const present = lowerCase(values.keys());
  const warnings: string[] = [];
  for (const [name, input] of action.inputs) {
    if (!present.has(name.toLowerCase())) values.set(name, interpolate(input.default, scope));
    else if (input.deprecated !== undefined) {
      warnings.push(`Input '${name}' has been deprecated with message: ${input.deprecated}`);
    }
  }
  const unexpected = Object.keys(given).filter((name) => !known.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = [...action.inputs.keys()].join("', '");
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`);
  }
  return { values, warnings };
}

function runsOf(folder: string, runs: Readonly<Record<string, unknown>>): Action['runs'] {
  const { using, main, post } = runs;
  if (using === 'composite' && Array.isArray(runs['steps'])) {
    return { using, steps: runs['steps'] as CompositeStep[] };
  }
  if (using === 'node24' && typeof main === 'string') {
    const postIf = typeof runs['post-if'] === 'string' ? runs['post-if'] : 'always()';
    return { using, main, post: typeof post === 'string' ? post : undefined, postIf };
  }
  throw new Error(
    `${folder}: the emulator runs node24 with main, and composite with steps; this is ${String(using)}`,
  );
}
