import { expect, it } from 'vitest';
import {
  adapted,
  documentedCommands,
  documentedWorkflows,
  RUN_ELSEWHERE,
  WORKFLOW_ADAPTIONS,
} from './documents.ts';

it('what is adapted, or does not run, is still in the documents', () => {
  const commands = documentedCommands().map(({ id }) => id);
  expect(Object.keys(RUN_ELSEWHERE).filter((id) => !commands.includes(id))).toEqual([]);
  for (const [id, adaptions] of Object.entries(WORKFLOW_ADAPTIONS)) {
    const text = documentedWorkflows().find((one) => one.id === id)?.text ?? '';
    expect(adapted(text, adaptions)).not.toBe(text);
  }
});

it('what is not there any more is not adapted quietly', () => {
  expect(() =>
    adapted('a text', [
      ['a text', 'b'],
      ['other', 'c'],
    ]),
  ).toThrow('"other"');
  expect(adapted('a b a', [['a', '<place>']], { place: 'x' })).toBe('x b x');
});
