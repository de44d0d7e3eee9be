/** Kinds of focus the waste domain registers a panel for. */
export const TRUCK = 'truck';
export const CONNECT = 'connect-device';
export const IMPORT = 'import-trucks';
