import { expect, it } from 'vitest';
import { recallHost } from '../../../src/entry/action/autopush-state.ts';

const recall = (state: string) => recallHost({ 'STATE_autopush-pull-request': state });

it('recalls what the main step has found, and takes what it does not understand for a stranger', () => {
  expect(recallHost({})).toBeUndefined();
  expect(recall('null')).toEqual({ pullRequest: undefined });
  const own = { number: 7, fork: false, privileged: false };
  expect(recall(JSON.stringify(own))).toEqual({ pullRequest: own });
  for (const odd of ['false', '0', '"null"', '[]', '{}', '{"fork": null, "privileged": 0}']) {
    expect(recall(odd)).toEqual({ pullRequest: { number: undefined, fork: true, privileged: true } });
  }
});
