import { ViewCamera } from '@siaga/contracts';
import { call } from '../../../city/api.ts';
import { ViewTickets } from './view-tickets.ts';

/** The cameras this screen has open, for stills and moving pictures alike. */
export const tickets = new ViewTickets((cameraId) => call(ViewCamera, { params: { cameraId } }));
