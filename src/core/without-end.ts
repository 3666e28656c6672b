/** `text.replace(/[…]+$/, '')` takes the square of the text's length where such characters stand before others. */

/** @param characters each of them goes, as long as one stands at the end */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
