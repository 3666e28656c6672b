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

/** Those that are named or configured for autopush, else all: whoever gives this command wants to write. */
export function chosenMirrors(inputs: ActionInputs): readonly Mirror[] {
  const meant = autopushMirrors(inputs);
  const mirrors = meant.length > 0 ? meant : inputs.configuration.mirrors.filter(({ binary }) => binary);
  if (mirrors.length > 0) return mirrors;
  throw new BuildcacheError('usage', 'there is no mirror to write to', {
    hint: 'name one in the input mirrors, or in spack.yaml',
  });
}
