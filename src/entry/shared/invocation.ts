/** The place in which a verb or a step of the action runs. */
export interface Invocation {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly cwd: string;
}
