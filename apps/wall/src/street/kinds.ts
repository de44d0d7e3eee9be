/** Kinds of focus the street domain registers a panel for. */
export const LAMP = 'lamp';
export const PANEL = 'panel';
export const CAMERA = 'camera';
