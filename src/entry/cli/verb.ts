/** What a verb is to the command line, and what it gets from outside. */
import type { Command } from 'commander';
import type { Invocation } from '../shared/invocation.ts';

export interface Verb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Command lines without the program's name. */
  readonly examples: readonly string[];
  /** What the exit codes mean. A text for 2 is added to what 2 means for all verbs. */
  readonly exits: { readonly 0: string; readonly 1?: string; readonly 2?: string };
  /** Loads the module that adds the verb's options and its action to a command. */
  readonly load: () => Promise<{ define(command: Command, context: VerbContext): void }>;
}

/** What a verb gets from outside. Everything else is in its options. */
export interface VerbContext extends Invocation {
  /** The program's. */
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Fires on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Set by the verb when it has its answer. */
  exit(code: 0 | 1 | 2): void;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** The terminal's width at this moment. */
  readonly columns?: number | undefined;
}
