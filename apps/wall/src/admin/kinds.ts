import { lackOf, ListPeople, type Asker } from '@siaga/contracts';

/** Kind of focus under which the city is administered; its key says what of it is shown. */
export const ADMIN = 'admin';

/** Key of {@link ADMIN} for the keys of one device. */
export const deviceFocus = ({ protocol, deviceId }: { protocol: string; deviceId: string }): string =>
  `device/${protocol}/${encodeURIComponent(deviceId)}`;

/** Whether somebody administers anything. */
export const administers = (asker: Asker): boolean => lackOf(ListPeople, asker) === undefined;
