/** Defaults for plans that suit most sites. The workflow for GitHub has this many waves. */
export const PLAN_DEFAULTS = { overhead: 60, waves: 12 } as const;
