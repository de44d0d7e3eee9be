import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { WasteConfig } from './config.ts';
import { startWaste } from './waste.module.ts';

await main('waste', async () => {
  const config = loadConfig(WasteConfig);
  return startWaste(config, await openEventLog(config));
});
