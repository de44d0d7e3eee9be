import { HandsetChanged, HandsetNow } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

type Optional<Whole> = { [Field in keyof Whole]: Whole[Field] | Extract<undefined, Whole[Field]> };

/** A radio of the register. */
export interface HandsetDocument extends Optional<
  Omit<HandsetNow, 'handsetId' | 'version' | 'holder' | 'heardAtMs' | 'battery' | 'voice'>
> {
  /** The phone that is this radio, as it is known on the line, and its sign-in. */
  holder?: (NonNullable<HandsetChanged['holder']> & { sinceMs: number }) | undefined;
  exercise: boolean;
}
export type StoredHandset = Stored<HandsetDocument>;

/** The register of radios; `_id` is the handsetId. */
export const handsets = defineCollection<HandsetDocument>({
  name: 'talk_handsets',
  called: 'HT',
  fields: {
    agency: { type: String, required: true },
    office: { type: String, required: true },
    kind: { type: String, required: true },
    model: String,
    simNumber: String,
    simUntil: String,
    planUntil: String,
    planRp: Number,
    isTraining: { type: Boolean, required: true },
    holder: Object,
    lost: Object,
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  state: stateOf(HandsetChanged, ({ _id, isTraining, lost, holder, version }) =>
    HandsetChanged.data.parse({ handsetId: _id, isTraining, isLost: lost !== undefined, holder, version }),
  ),
});

/** A radio's last sign of life: written every minute, and no change of the radio. */
export interface HandsetSign {
  heardAtMs: number;
  battery?: { percent: number; atMs: number } | undefined;
  voice?: HandsetNow['voice'];
}

/** Signs of life; `_id` is the handsetId. */
export const handsetSigns = defineCollection<HandsetSign>({
  name: 'talk_handset_signs',
  fields: { heardAtMs: { type: Number, required: true }, battery: Object, voice: Object },
});

/** What callers are told of a radio. */
export const handsetOf = ({ _id, ...stored }: StoredHandset, sign?: HandsetSign): HandsetNow =>
  HandsetNow.parse({
    ...stored,
    handsetId: _id,
    heardAtMs: sign?.heardAtMs,
    battery: sign?.battery,
    voice: sign?.voice,
  });
