/**
 * Text for Markdown, as plain text in a few shapes. It is escaped in one place, where it becomes Markdown. So the text may
 * come from anywhere, even from a file that a stranger wrote.
 */
import { escapeMarkdown, markdownTable } from './summary.ts';

export type Block =
  | { readonly is: 'heading' | 'text'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly string[] }
  | {
      readonly is: 'table';
      readonly headers: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** Blocks without anything in them are left out. @returns with a line break at its end; empty for nothing */
export function blocksMarkdown(blocks: readonly Block[]): string {
  const parts = blocks.map(blockMarkdown).filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

/** The texts of the block are escaped, so that nothing in them becomes Markdown, HTML, a link or a mention. */
export function blockMarkdown(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'text':
      return escapeMarkdown(block.text);
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'table': {
      if (block.rows.length === 0) return '';
      const rows = block.rows.map((row) => row.map(cell));
      return markdownTable(block.headers.map(escapeMarkdown), rows).trimEnd();
    }
  }
}

/** A number stays readable in the source of the Markdown. */
function cell(text: string): string {
  return /^\d{1,15}$/.test(text) ? text : escapeMarkdown(text);
}
