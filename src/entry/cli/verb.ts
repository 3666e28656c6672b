/** What a verb is to the command line, and what it gets from outside. */
import type { Command } from 'commander';
import type { Invocation } from '../shared/invocation.ts';

export interface Verb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Command lines without the program's name. */
  readonly examples: readonly string[];
  /** What its exit codes mean; 2 beside what it means to all of them. */
  readonly exits: { readonly 0: string; readonly 1?: string; readonly 2?: string };
  /** Adds the verb's options and what it does to a command of that name. */
  readonly load: () => Promise<{ define(command: Command, context: VerbContext): void }>;
}

/** What a verb gets from outside. Everything else is in its options. */
export interface VerbContext extends Invocation {
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
  /** Of a terminal, by now. */
  readonly columns?: number | undefined;
}
