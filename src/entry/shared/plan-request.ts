/** What suits most sites that plan. GitHub's workflow has as many waves. */
export const PLAN_DEFAULTS = { overhead: 60, waves: 12 } as const;
