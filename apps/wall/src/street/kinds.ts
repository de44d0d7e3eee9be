/** Kinds of focus the street domain registers a panel for. */
export const LAMP = 'lamp';
export const PANEL = 'panel';
export const CAMERA = 'camera';

/** The page of Dishub. */
export const DISHUB_PATH = '/opd/dishub';

/** Reports of people and work orders; the key says which of them: `reports`, `orders`, `order/SPK-…`. */
export const JOBS = 'jobs';
