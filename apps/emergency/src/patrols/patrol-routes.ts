import type { PatrolRoute } from '@siaga/contracts';

/**
 * What is patrolled in each city. Probolinggo: Satpol PP walks three rounds a day over these places; neither its hours nor
 * where the places are was measured, so both are marked.
 */
const routes: Readonly<Record<string, readonly PatrolRoute[]>> = {
  '3574': [
    {
      ...{ routeId: 'pusat-kota', version: 1, name: 'Pusat kota', agency: 'satpolpp', order: 'any' },
      places: [
        { ...{ placeId: 'alun-alun', name: 'Alun-alun', lat: -7.7447, lng: 113.216 }, radiusM: 150, isApproximate: true }, // prettier-ignore
        { ...{ placeId: 'taman-maramis', name: 'Taman Maramis', lat: -7.7515, lng: 113.2065 }, radiusM: 300, isApproximate: true }, // prettier-ignore
        { ...{ placeId: 'gladak-serang', name: 'Bundaran Gladak Serang', lat: -7.7566, lng: 113.1872 }, radiusM: 200, isApproximate: true }, // prettier-ignore
      ],
      rounds: [
        { fromHour: 8, toHour: 11 },
        { fromHour: 13, toHour: 16 },
        { fromHour: 19, toHour: 22 },
      ],
      hoursAreApproximate: true,
    },
  ],
};

/** What is patrolled in a city; nothing where nobody wrote it down. */
export const routesOf = (city: string): readonly PatrolRoute[] => routes[city] ?? [];
