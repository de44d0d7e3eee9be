/** Kinds of focus the street domain registers a panel for. */
export const LAMP = 'lamp';
export const PANEL = 'panel';
export const CAMERA = 'camera';
/** The picture of a camera. */
export const WATCH = 'camera-picture';
/** Cameras for a place; the key is `lat,lng`. */
export const NEAR = 'cameras-near';

/** Cameras side by side, for a second screen. */
export const CAMERAS_PATH = '/kamera';
/** One window of its own, so that no wall is left for it. */
export const CAMERAS_WINDOW = 'siaga-kamera';

/** The page of Dishub. */
export const DISHUB_PATH = '/opd/dishub';

/** Reports of people and work orders; the key says which of them: `reports`, `orders`, `order/SPK-…`, `new`, `new/PJU-…`. */
export const JOBS = 'jobs';

/** Switching lamps; the key says what of it: `overrides`, `override/PRL-…`, `new/lamp:PJU-1`, `programmes`. */
export const CONTROL = 'control';

/** Requests for recordings; the key says which of them: `list`, `request/REK-…`, `new`, `new/CCTV-7`. */
export const FOOTAGE = 'footage';
