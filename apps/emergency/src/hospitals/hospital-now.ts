import type { BedClass, BedRequest, HospitalChanged, InputOf, PreArrivalNote, PutHospital } from '@siaga/contracts';
import type { Stored } from '@siaga/store';

/** Beds of one kind as they were counted last. */
export type CountedBeds = Omit<HospitalChanged['beds'][number], 'heldCount' | 'freeCount' | 'isShort'>;

/** One bed asked for, with what the hospital was told. */
export type HeldBed = BedRequest & {
  /** Counts up with each change of it. */
  seq: number;
  note?: PreArrivalNote | undefined;
};

type Entry = InputOf<typeof PutHospital>['body'];
type Optional<Whole> = { [Field in keyof Whole]?: Whole[Field] | undefined };

/** A hospital as the rules see it. */
export type HospitalNow = Pick<Entry, 'name' | 'place' | 'services'> &
  Optional<Pick<Entry, 'kelurahanCode' | 'isApproximate' | 'telephone'>> &
  Pick<HospitalChanged, 'emsTraffic' | 'changedAtMs'> &
  Optional<Pick<HospitalChanged, 'emsSaid' | 'emsReason'>> & {
    people: string[];
    feedClasses: Record<string, BedClass>;
    counted: CountedBeds[];
    requests: HeldBed[];
    exercise: boolean;
  };

export type StoredHospital = Stored<HospitalNow>;
