import type { Unit, UnitChanged } from '@siaga/contracts';
import type { Stored } from '@siaga/store';

/** What a unit is on, or was on last. */
export type Assignment = NonNullable<UnitChanged['assignment']> & {
  /** Who sent it: whoever comes second is told. */
  sentBy: string;
  /** Ways of alerting that are told already, each by its own word: a repeat tells nothing. */
  alertedOnce?: readonly string[];
};

type Optional<Whole> = { [Field in keyof Whole]?: Whole[Field] | undefined };

/** A unit as the rules see it. */
export type UnitNow = Pick<Unit, 'name' | 'unitClass' | 'capabilities' | 'agency' | 'answers'> &
  Pick<UnitChanged, 'duty' | 'crew' | 'changedAtMs'> &
  Optional<Pick<UnitChanged, 'plate' | 'post' | 'dutyUntilMs' | 'dutySaid' | 'parked' | 'bookings'>> & {
    /** Ended ones stay until the next: a phone that was out of reach learns how its work ended. */
    assignment?: Assignment | undefined;
    exercise: boolean;
  };

export type StoredUnit = Stored<UnitNow>;
