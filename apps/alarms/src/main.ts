import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { startAlarms } from './alarms.module.ts';
import { AlarmsConfig } from './config.ts';

await main('alarms', async () => {
  const config = loadConfig(AlarmsConfig);
  return startAlarms(config, await openEventLog(config));
});
