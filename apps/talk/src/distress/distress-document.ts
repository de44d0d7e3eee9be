import { DistressChanged } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

type Optional<Whole> = { [Field in keyof Whole]: Whole[Field] | Extract<undefined, Whole[Field]> };

/** One press of an emergency button. */
export interface DistressDocument extends Optional<Omit<DistressChanged, 'distressId' | 'version'>> {
  exercise: boolean;
  /** Whose it is while it is open: nobody has two. */
  openOf?: string | undefined;
}
export type StoredDistress = Stored<DistressDocument>;

/** Presses of emergency buttons; `_id` is the distressId. */
export const distresses = defineCollection<DistressDocument>({
  name: 'talk_distresses',
  called: 'darurat',
  fields: {
    principalId: { type: String, required: true },
    agency: { type: String, required: true },
    groupId: String,
    position: Object,
    raisedAtMs: { type: Number, required: true },
    ended: Object,
    exercise: { type: Boolean, required: true },
    openOf: String,
  },
  indexes: [{ name: 'openOf', fields: { openOf: 1 }, unique: true, sparse: true }],
  state: stateOf(DistressChanged, (stored) => distressOf(stored)),
});

/** What is told of it. */
export const distressOf = ({ _id, ...stored }: StoredDistress): DistressChanged =>
  DistressChanged.data.parse({ ...stored, distressId: _id });
