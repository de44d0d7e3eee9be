import type { RunCard } from '@siaga/contracts';

const nearest = { id: 'ambulans terdekat yang ada awaknya', en: 'nearest ambulance with a crew' };
const order = { id: 'Satpol PP terdekat', en: 'nearest Satpol PP unit' };

/**
 * What Kota Probolinggo sends, first fit counts: ladder L1 Satpol PP and Linmas, L2 also Polsek, L3 also Kodim (those have no
 * units here: they are told). A city with other customs changes this table and nothing else.
 */
export const runCards: readonly RunCard[] = [
  {
    cardId: 'officer-distress',
    kinds: ['officer-distress'],
    send: [{ count: 2, unitClasses: ['patrol-car', 'motorcycle'], capability: 'public-order', why: order }],
    tell: ['polres', 'dinkes'],
    partners: ['polsek'],
  },
  {
    cardId: 'armed',
    kinds: ['weapon'],
    send: [{ count: 2, unitClasses: ['patrol-car', 'motorcycle'], capability: 'public-order', why: order }],
    tell: ['polres'],
    partners: ['polsek'],
  },
  {
    cardId: 'crash-red',
    kinds: ['traffic-accident'],
    tags: ['red'],
    send: [
      { count: 2, unitClasses: ['ambulance'], capability: 'transport', why: nearest },
      {
        count: 1,
        unitClasses: ['patrol-car', 'motorcycle'],
        why: { id: 'mengamankan lalu lintas', en: 'secures the traffic' },
      },
    ],
    tell: ['dishub', 'polres', 'dinkes'],
  },
  {
    cardId: 'crash',
    kinds: ['traffic-accident'],
    send: [
      { count: 1, unitClasses: ['ambulance'], capability: 'transport', why: nearest },
      {
        count: 1,
        unitClasses: ['patrol-car', 'motorcycle'],
        why: { id: 'mengamankan lalu lintas', en: 'secures the traffic' },
      },
    ],
    tell: ['dishub', 'polres'],
  },
  {
    cardId: 'medical',
    kinds: ['medical'],
    send: [{ count: 1, unitClasses: ['ambulance'], capability: 'transport', why: nearest }],
    tell: ['dinkes'],
  },
  {
    cardId: 'fire',
    kinds: ['fire'],
    send: [
      {
        count: 2,
        unitClasses: ['fire-engine'],
        capability: 'fire',
        why: { id: 'pemadam terdekat', en: 'nearest fire engine' },
      },
      {
        count: 1,
        unitClasses: ['ambulance'],
        capability: 'transport',
        why: { id: 'siaga korban', en: 'for who may be hurt' },
      },
    ],
    tell: ['bpbd', 'polres'],
    partners: ['pln'],
  },
  {
    cardId: 'flood',
    kinds: ['flood'],
    send: [
      {
        count: 1,
        unitClasses: ['rescue-car', 'patrol-car'],
        capability: 'rescue',
        why: { id: 'evakuasi', en: 'evacuation' },
      },
    ],
    tell: ['bpbd', 'dinsos'],
    partners: ['pmi', 'basarnas'],
  },
  {
    cardId: 'fallen',
    kinds: ['fallen-tree', 'fallen-pole'],
    send: [
      {
        count: 1,
        unitClasses: ['rescue-car', 'fire-engine'],
        capability: 'rescue',
        why: { id: 'memotong dan mengangkat', en: 'cuts and lifts' },
      },
    ],
    tell: ['dlh', 'dishub'],
    partners: ['pln'],
  },
  {
    cardId: 'animal-or-rescue',
    kinds: ['animal', 'rescue'],
    send: [
      {
        count: 1,
        unitClasses: ['rescue-car', 'fire-engine'],
        why: { id: 'regu penyelamatan terdekat', en: 'nearest rescue crew' },
      },
    ],
    tell: [],
  },
  {
    cardId: 'mental-health',
    kinds: ['mental-health', 'homeless'],
    send: [{ count: 1, unitClasses: ['patrol-car'], capability: 'public-order', why: order }],
    tell: ['dinsos', 'dinkes'],
  },
  {
    cardId: 'order-raised',
    kinds: ['public-order', 'demonstration', 'crime', 'domestic-violence'],
    levels: [2, 3],
    send: [{ count: 2, unitClasses: ['patrol-car', 'motorcycle'], capability: 'public-order', why: order }],
    tell: ['polres'],
  },
  {
    cardId: 'order',
    kinds: ['public-order', 'demonstration', 'crime', 'domestic-violence', 'truancy', 'street-vendor'],
    send: [{ count: 1, unitClasses: ['motorcycle', 'patrol-car', 'foot-patrol'], why: order }],
    tell: [],
  },
  {
    cardId: 'parking-or-towing',
    kinds: ['illegal-parking', 'towing'],
    send: [
      {
        count: 1,
        unitClasses: ['tow-truck', 'patrol-car'],
        why: { id: 'derek atau patroli terdekat', en: 'nearest tow truck or patrol' },
      },
    ],
    tell: ['dishub'],
  },
  { cardId: 'utility', kinds: ['utility'], send: [], tell: ['dishub'], partners: ['pln', 'pdam'] },
  {
    cardId: 'otherwise',
    send: [{ count: 1, unitClasses: ['motorcycle', 'patrol-car', 'foot-patrol'], why: order }],
    tell: [],
  },
];
