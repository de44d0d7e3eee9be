/** What the side panel of the room can be about, of the emergency service: a call, an incident, the boards of units and hospitals. */
export const CALL = 'call';
export const INCIDENT = 'incident';
export const UNITS = 'units';
/** Ambulances that are booked, a day at a time. */
export const BOOKINGS = 'bookings';
/** Rounds of squads today. */
export const PATROLS = 'patrols';
/** What is over, and what waits to be called back. */
export const OVER = 'over';
export const HOSPITALS = 'hospitals';
/** The page of a hospital's own people. */
export const HOSPITAL_PATH = '/rs';

/** The focus key of a call that is opened by this screen now. */
export const NEW_CALL = '';

/** The pages of Satpol PP and of Dinkes. */
export const SATPOLPP_PATH = '/opd/satpolpp';
export const DINKES_PATH = '/opd/dinkes';
