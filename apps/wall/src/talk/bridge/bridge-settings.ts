import { z } from 'zod';
import { usualVox } from './vox-rules.ts';

const KEPT = 'siaga.bridge';

/** How this computer's cable is listened to, kept on this computer. */
export const BridgeSettings = z.object({
  inputId: z.string().default(''),
  outputId: z.string().default(''),
  thresholdDb: z.number().min(-80).max(-5).default(usualVox.thresholdDb),
  // 300 ms from before a press are kept: a longer attack would cut the first syllable
  attackMs: z.number().int().min(20).max(240).default(usualVox.attackMs),
  hangMs: z.number().int().min(200).max(3000).default(usualVox.hangMs),
  // as long as what is kept from before a press, or the group would hear its own end
  guardMs: z.number().int().min(300).max(5000).default(usualVox.guardMs),
});
export type BridgeSettings = z.infer<typeof BridgeSettings>;

export function keptSettings(storage: Pick<Storage, 'getItem'>): BridgeSettings {
  try {
    return BridgeSettings.parse(JSON.parse(storage.getItem(KEPT) ?? '{}'));
  } catch {
    return BridgeSettings.parse({});
  }
}

export const keepSettings = (storage: Pick<Storage, 'setItem'>, settings: BridgeSettings): void => {
  storage.setItem(KEPT, JSON.stringify(settings));
};
