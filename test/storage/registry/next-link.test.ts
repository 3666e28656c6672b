import { expect, it } from 'vitest';
import { nextLink } from '../../../src/storage/registry/next-link.ts';

const HERE = new URL('https://registry.example/v2/a/tags/list?token=secret');
const next = (link?: string) =>
  nextLink({ headers: new Map(link === undefined ? [] : [['link', link]]) }, HERE);

it.each([
  '</v2/b?last=x>; rel="next"',
  '</v2/b?last=x>;rel=next',
  '<https://registry.example/v2/b?last=x>; rel="Next"; title="x"',
  '</style.css>; rel=preload; as=style, </v2/b?last=x>; rel="next"',
  '</v2/b?last=x>; rel="next", </v2/z>; rel="last"',
])('finds the next page in %s', (link) => {
  expect(String(next(link))).toBe('https://registry.example/v2/b?last=x');
});

it.each([
  undefined,
  '',
  '</z>; rel="prev"',
  '</next>; rel="last"',
  '</z>; rel=preload, </next>; title="next"',
])('finds the end in %s', (link) => {
  expect(next(link)).toBeUndefined();
});

it.each([
  '</b>; title="a, b"; rel="next"',
  '</b>; rel="last next"',
  "</b>; rel='next'",
  '</b>; rel = next',
  'https://registry.example/b; rel="next"',
])('takes nothing for the end that may go on: %s', (link) => {
  expect(() => next(link)).toThrow(expect.objectContaining({ code: 'protocol' }));
  expect(() => next(link)).toThrow(/^(?!.*secret)/);
});

it('names what is no URL', () => {
  expect(next('<https://[>; rel="next"')).toBe('nowhere');
});
