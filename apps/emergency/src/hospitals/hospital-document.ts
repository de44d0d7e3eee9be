import { GetHospitalEntry, Hospital, HospitalChanged, type AnswerOf } from '@siaga/contracts';
import { defineCollection, stateOf } from '@siaga/store';
import { bedsOf } from './bed-counts.ts';
import type { HospitalNow, StoredHospital } from './hospital-now.ts';

/** Hospitals; `_id` is the hospitalId. */
export const hospitals = defineCollection<HospitalNow>({
  name: 'emergency_hospitals',
  called: 'rumah sakit',
  fields: {
    name: { type: String, required: true },
    place: { type: Object, required: true },
    kelurahanCode: String,
    isApproximate: Boolean,
    telephone: String,
    services: { type: [String], required: true },
    people: { type: [String], required: true },
    feedClasses: { type: Object, required: true },
    emsTraffic: { type: String, required: true },
    emsSaid: Object,
    emsReason: String,
    counted: { type: [Object], required: true },
    requests: { type: [Object], required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'people', fields: { people: 1 } },
    { name: 'assignment', fields: { 'requests.assignmentId': 1 }, sparse: true },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(HospitalChanged, (hospital) => hospitalOf(hospital)),
});

const shown = ({ _id, ...hospital }: StoredHospital) => ({ ...hospital, hospitalId: _id, beds: bedsOf(hospital) });

/** What every desk and screen is told of a hospital: nothing of its patients. */
export const hospitalOf = (hospital: StoredHospital): HospitalChanged => HospitalChanged.data.parse(shown(hospital));

/** The same with what it was told of its patients. */
export const wholeHospitalOf = (hospital: StoredHospital): Hospital => Hospital.parse(shown(hospital));

/** What the register has of it. */
export const entryOf = (hospital: StoredHospital): AnswerOf<typeof GetHospitalEntry> =>
  GetHospitalEntry.answer.parse({ ...hospital, hospitalId: hospital._id });
