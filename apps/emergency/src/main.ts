import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { EmergencyConfig } from './config.ts';
import { startEmergency } from './emergency.module.ts';

await main('emergency', async () => {
  const config = loadConfig(EmergencyConfig);
  return startEmergency(config, await openEventLog(config));
});
