/** Which of the configured mirrors a step writes to. */
import { BuildcacheError } from '../../core/errors.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { ActionInputs } from './inputs.ts';

/** The mirrors the post step pushes to. */
export function autopushMirrors({ autopush, configuration }: ActionInputs): readonly Mirror[] {
  if (autopush === 'off') return [];
  const binary = configuration.mirrors.filter((mirror) => mirror.binary);
  if (autopush === 'configured') return binary.filter((mirror) => mirror.autopush);
  return binary.filter(({ name }) => autopush.includes(name));
}

/**
 * The mirrors that are named or configured for autopush. If none is configured for it: all, since these commands are for
 * writing.
 * @throws BuildcacheError `usage` where there is none, or `autopush: false` says so
 */
export function chosenMirrors(inputs: ActionInputs): readonly Mirror[] {
  if (inputs.autopush === 'off') {
    throw new BuildcacheError('usage', 'autopush: false leaves no mirror to write to', {
      hint: 'name mirrors in the input autopush, or leave it out; a step that is not to write is left out with if:',
    });
  }
  const meant = autopushMirrors(inputs);
  const mirrors = meant.length > 0 ? meant : inputs.configuration.mirrors.filter(({ binary }) => binary);
  if (mirrors.length > 0) return mirrors;
  throw new BuildcacheError('usage', 'there is no mirror to write to', {
    hint: 'name one in the input mirrors, or in spack.yaml',
  });
}

/**
 * The mirror that the input `mirror` names, else the configured one.
 * @throws BuildcacheError `usage` where none is named and not exactly one is configured
 */
export function theMirror({ mirror, configuration }: ActionInputs): Mirror {
  const [only, ...others] =
    mirror === undefined ? configuration.mirrors.filter(({ binary }) => binary) : [mirror];
  if (only !== undefined && others.length === 0) return only;
  const names = [only, ...others].flatMap((each) => (each === undefined ? [] : [each.name]));
  throw new BuildcacheError('usage', 'which mirror is meant is not said', {
    expected: 'one mirror',
    found: names.length === 0 ? 'none is configured' : names.join(', '),
    hint: 'set the input mirror',
  });
}
