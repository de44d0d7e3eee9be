import { describeCity } from './ledger/describe-city.ts';
import { everything } from './ledger/drivers/everything.ts';
import { everythingOfWaste } from './ledger/drivers/waste.ts';
import { extent, isLong, rounds } from './ledger/extent.ts';
import { ailments, deaths, randomKills, short } from './ledger/scenes.ts';

/** These die together as well; of the others one at a time: all at once are a power loss, which is played, too. */
const core = ['waste', 'identity', 'gateway', 'engine'] as const;
const others = ['street', 'alarms'] as const;
const dying = [...deaths(core, extent), randomKills(others, extent.kills)];
const plan = [...ailments([...core, ...others], extent), ...Array.from({ length: rounds }, () => dying).flat()];
/** Each kind of thing that happens, before those of waste; then street or alarms die, and everybody is at work. */
const brief = [
  ...short(core, extent).map((scene) => ({ ...scene, cast: everythingOfWaste })),
  randomKills(others, extent.kills),
];

describeCity({
  on: 'the embedded engine',
  plan,
  drivers: everything,
  scenes: isLong ? plan : brief,
});
