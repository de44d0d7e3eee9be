/** Kind of focus the system panel is registered for. */
export const SYSTEM = 'system';
