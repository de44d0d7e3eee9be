/** How long each collection of the emergency service is kept, and what removes it. */
export const retentionRules = [] as const;
