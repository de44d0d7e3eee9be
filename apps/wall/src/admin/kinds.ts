import { Agency, lackOf, ListPeople, type AgencyDevice, type Asker } from '@siaga/contracts';

/** Kind of focus under which the city is administered; its key says what of it is shown. */
export const ADMIN = 'admin';

/** Key of {@link ADMIN} for the keys of one device. */
export const deviceFocus = ({ agency, protocol, deviceId }: AgencyDevice): string =>
  `device/${agency}/${protocol}/${encodeURIComponent(deviceId)}`;

/** Key of {@link ADMIN} for one person. */
export const personFocus = (personId: string): string => `person/${personId}`;

/** The agencies whose people, screens and devices somebody administers. */
export const agenciesOf = ({ agencies, roles }: Asker): readonly Agency[] =>
  roles.includes('city-admin') ? Agency.options : agencies;

/** Whether somebody administers anything. */
export const administers = (asker: Asker): boolean => lackOf(ListPeople, asker) === undefined;
