import type { Place } from '@siaga/contracts';

/** A junction by the name people have for it; where it lies is a guess, and is registered as one. */
interface Junction extends Place {
  readonly name: string;
  /** Its camera hangs on the simulated radio link. */
  readonly isOnLink?: true;
}

/** Ten of the junctions where the city has or wants cameras; three of them around Pilang, on one radio link. */
export const junctions: readonly Junction[] = [
  { name: 'Simpang 4 Soekarno Hatta–Wijaya Kusuma–Supriyadi (Zipur)', lat: -7.7552, lng: 113.1938, isOnLink: true },
  { name: 'Bundaran Gladak Serang', lat: -7.7566, lng: 113.1872, isOnLink: true },
  { name: 'Depan Terminal Kargo', lat: -7.7624, lng: 113.1943, isOnLink: true },
  { name: 'Depan Terminal Bayuangga', lat: -7.7657, lng: 113.1756 },
  { name: 'Simpang 4 Jl Bromo–KH Abdurrahman Wahid–Argopuro (Kopian)', lat: -7.7641, lng: 113.2037 },
  { name: 'Simpang 4 Dr Sutomo–Ahmad Yani (Flora)', lat: -7.7534, lng: 113.2168 },
  { name: 'Simpang 4 Dr Moch Saleh–Ahmad Yani (KAM)', lat: -7.7541, lng: 113.2221 },
  { name: 'Simpang 3 Panglima Sudirman–Dr Moch Saleh (Sumber Hidup)', lat: -7.7538, lng: 113.2098 },
  { name: 'Simpang 3 Cokroaminoto–Pahlawan (Loji)', lat: -7.7612, lng: 113.2172 },
  { name: 'Simpang 4 Pahlawan–Prajurit Siaman–Abdul Hamid (Kecapan)', lat: -7.7609, lng: 113.2112 },
];
