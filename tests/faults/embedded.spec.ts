import { describeCity } from './ledger/describe-city.ts';
import { extent, isLong, rounds } from './ledger/extent.ts';
import { ailments, deaths, short } from './ledger/scenes.ts';

const victims = ['waste', 'identity', 'gateway', 'engine'] as const;
const plan = [...ailments(victims, extent), ...Array.from({ length: rounds }, () => deaths(victims, extent)).flat()];

describeCity({ on: 'the embedded engine', plan, scenes: isLong ? plan : short(victims, extent) });
