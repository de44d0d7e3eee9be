import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { IdentityConfig } from './config.ts';
import { startIdentity } from './identity-service.module.ts';

await main('identity', async () => {
  const config = loadConfig(IdentityConfig);
  return startIdentity(config, await openEventLog(config));
});
