import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { GatewayConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

await main('gateway', async () => {
  const config = loadConfig(GatewayConfig);
  return startGateway(config, await openEventLog(config));
});
