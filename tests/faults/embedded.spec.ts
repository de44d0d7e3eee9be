import { describeCity } from './ledger/describe-city.ts';
import { everything } from './ledger/drivers/everything.ts';
import { extent, isLong, rounds } from './ledger/extent.ts';
import { ailments, deaths, randomKills, short } from './ledger/scenes.ts';

/** These die together as well; of the others one at a time: all at once are a power loss, which is played, too. */
const core = ['waste', 'identity', 'gateway', 'engine'] as const;
const others = ['street', 'alarms'] as const;
const dying = [...deaths(core, extent), randomKills(others, extent.kills)];
const plan = [...ailments([...core, ...others], extent), ...Array.from({ length: rounds }, () => dying).flat()];

describeCity({
  on: 'the embedded engine',
  plan,
  drivers: everything,
  scenes: isLong ? plan : [...short(core, extent), randomKills(others, extent.kills)],
});
