import { connectLog } from '@siaga/engine';
import { startEngineProcess } from '@siaga/testing';
import { conformance } from './conformance.ts';

conformance(
  'the engine',
  async () => {
    const engine = await startEngineProcess();
    return {
      open: () => Promise.resolve(connectLog(engine.logSocket)),
      env: { SIAGA_ENGINE: engine.logSocket },
      kill9: () => engine.kill9(),
      restart: () => engine.restart(),
      stop: () => engine.stop(),
    };
  },
  { kills: 20, engine: true },
);
