/**
 * What is to be said in Markdown, as plain text in a few shapes. It is escaped in one place, when it becomes Markdown: so
 * it may come from anywhere, even in a file that a stranger wrote.
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

/** Neither Markdown, HTML, links nor mentions come of its texts. */
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

/** A count stays one for whoever reads the source. */
function cell(text: string): string {
  return /^\d{1,15}$/.test(text) ? text : escapeMarkdown(text);
}
