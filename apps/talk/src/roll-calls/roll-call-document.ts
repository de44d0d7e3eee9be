import { RollCallChanged, type RollCallRow } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

type Optional<Whole> = { [Field in keyof Whole]: Whole[Field] | Extract<undefined, Whole[Field]> };

/** A roll call, with the radios it asked as they were then. */
export interface RollCallDocument extends Optional<Omit<RollCallChanged, 'rollCallId' | 'version' | 'expected'>> {
  asked: Omit<RollCallRow, 'answer'>[];
  /** Its group while it takes answers: one at a time. */
  running?: string | undefined;
  exercise: boolean;
}
export type StoredRollCall = Stored<RollCallDocument>;

/** Roll calls; `_id` is the rollCallId. */
export const rollCalls = defineCollection<RollCallDocument>({
  name: 'talk_roll_calls',
  called: 'apel',
  fields: {
    groupId: { type: String, required: true },
    name: { type: String, required: true },
    agencies: { type: [String], required: true },
    called: { type: Object, required: true },
    untilMs: { type: Number, required: true },
    ended: Object,
    asked: { type: [Object], required: true },
    running: String,
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'until', fields: { untilMs: -1 } },
    { name: 'running', fields: { running: 1 }, unique: true, sparse: true },
  ],
  state: stateOf(RollCallChanged, (stored) => rollCallOf(stored)),
});

/** One answer, the first of a radio. */
export interface RollAnswer extends NonNullable<RollCallRow['answer']> {
  rollCallId: string;
  handsetId: string;
}

/** Answers; `_id` is `<rollCallId>/<handsetId>`, so that each radio has one. */
export const rollAnswers = defineCollection<RollAnswer>({
  name: 'talk_roll_answers',
  fields: {
    rollCallId: { type: String, required: true },
    handsetId: { type: String, required: true },
    by: { type: String, required: true },
    atMs: { type: Number, required: true },
    way: { type: String, required: true },
  },
  indexes: [{ name: 'roll-call', fields: { rollCallId: 1 } }],
});

/** What every screen is told of a roll call. */
export const rollCallOf = ({ _id, asked, ...stored }: StoredRollCall): RollCallChanged =>
  RollCallChanged.data.parse({ ...stored, rollCallId: _id, expected: asked.length });
