/** Variables of an environment, passed on as a value. A test says which code may read the process's own. */
export type Env = Readonly<Record<string, string | undefined>>;
