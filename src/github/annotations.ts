/**
 * Annotations within GitHub's limit: it shows ten of a level per step and silently drops the rest. The first nine are sent
 * at once. Later ones go to the log, and at the end into one more annotation: "and 7 more: …".
 */
import {
  type AnnotationLevel,
  type AnnotationPlace,
  annotation,
  plain,
  singleLine,
} from './workflow-commands.ts';

export interface Annotations {
  add(level: AnnotationLevel, message: string, place?: AnnotationPlace): void;
  /** Sends what was held back. Call it once, at the end. */
  flush(): void;
}

export interface AnnotationOptions {
  /** Writes one line, without its end. */
  readonly write: (line: string) => void;
  /** How many of a level are shown; 0 turns annotations into lines of the log. */
  readonly limit?: number;
}

export function collectAnnotations({ write, limit = 10 }: AnnotationOptions): Annotations {
  const levels = new Map<AnnotationLevel, { sent: number; held: Held[] }>();
  return {
    add(level, message, place = {}) {
      const state = levels.get(level) ?? { sent: 0, held: [] };
      levels.set(level, state);
      if (state.sent < limit - 1) {
        state.sent++;
        write(annotation(level, message, place));
        return;
      }
      write(plain(`${level}: ${message}`));
      state.held.push({ message, place });
    },
    flush() {
      for (const [level, { held }] of levels) {
        const [first, ...others] = held;
        if (first === undefined || limit < 1) continue;
        if (others.length === 0) write(annotation(level, first.message, first.place));
        else write(annotation(level, fold(held)));
        held.length = 0;
      }
    },
  };
}

interface Held {
  readonly message: string;
  readonly place: AnnotationPlace;
}

/** Below the 4,096 characters at which GitHub cuts. */
const FOLDED_LENGTH = 4000;

function fold(held: readonly Held[]): string {
  let text = `and ${held.length} more: `;
  for (const [i, { message }] of held.entries()) {
    const next = `${i === 0 ? '' : '; '}${singleLine(message)}`;
    if (text.length + next.length > FOLDED_LENGTH) {
      return i === 0
        ? `${text}${next.slice(0, FOLDED_LENGTH - text.length)}…`
        : `${text}; … (all of them are in the log)`;
    }
    text += next;
  }
  return text;
}
