import { openEventLog } from '@siaga/bus';
import { loadConfig, main } from '@siaga/service';
import { TalkConfig } from './config.ts';
import { startTalk } from './talk.module.ts';

await main('talk', async () => {
  const config = loadConfig(TalkConfig);
  return startTalk(config, await openEventLog(config));
});
