/** Variables of an environment, handed on as a value: who may look at the process's own, a test says. */
export type Env = Readonly<Record<string, string | undefined>>;
