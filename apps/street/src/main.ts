import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { StreetConfig } from './config.ts';
import { startStreet } from './street.module.ts';

await main('street', async () => {
  const config = loadConfig(StreetConfig);
  return startStreet(config, await openEventLog(config));
});
