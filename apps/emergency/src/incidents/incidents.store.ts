import { Injectable } from '@nestjs/common';
import { Fault, IncidentLogged, type Agency, type InputOf, type ListIncidents } from '@siaga/contracts';
import { actorNow, asExercise, currentContext, numberOfPress } from '@siaga/service';
import { emission, setOrUnset, Store, trusted, type Emission, type OnceKey, type Page } from '@siaga/store';
import { incidents, type IncidentDocument, type StoredIncident } from './incident-document.ts';
import { opened, type Opening } from './caller-rules.ts';
import type { Actor, Line, Turn } from './incident-turn.ts';

/** Of incidents that are over, or part of another. */
const OVER = ['closed', 'merged'] as const;

/** A way from one merged incident to the next is never longer than incidents can be merged. */
const MOST_MERGES = 100;

/** As many open incidents as a city ever has, and some. */
const MOST_OPEN = 500;

/** So often a turn is tried when others change the same incident at the same moment: callers, units and merges at once. */
const TRIES = 20;

interface TurnBy<Others> {
  read: () => Promise<Others>;
  rule: (incident: StoredIncident, others: Others, actor: Actor) => Turn | undefined;
  by: string;
}

/** Incidents of the context's city: each turn is one atomic change of one document, with its lines of the timeline. */
@Injectable()
export class IncidentsStore {
  constructor(private readonly store: Store) {}

  get(incidentId: string): Promise<StoredIncident> {
    return this.store.get(incidents, incidentId);
  }

  find(incidentId: string): Promise<StoredIncident | undefined> {
    return this.store.find(incidents, incidentId);
  }

  /** The incident that goes on: itself, or what it was merged into. */
  async goingOn(incidentId: string): Promise<StoredIncident> {
    let incident = await this.get(incidentId);
    for (let at = 0; at < MOST_MERGES && incident.mergedInto !== undefined; at += 1)
      incident = await this.get(incident.mergedInto);
    return incident;
  }

  /** Last opened first; only those that agencies were told of, unless they see all. */
  page(
    query: InputOf<typeof ListIncidents>['query'],
    agencies: readonly Agency[] | undefined,
  ): Promise<Page<IncidentDocument>> {
    const { limit, after, q, open, kind } = query;
    const where = {
      $and: [
        open === undefined ? {} : { status: trusted(open ? { $nin: OVER } : { $in: OVER }) },
        kind === undefined ? {} : { kind },
        agencies === undefined ? {} : { agencies: trusted({ $in: agencies }) },
      ],
    } as never;
    const search = { text: q, fields: ['_id'] };
    return this.store.page(incidents, { where, sort: 'openedAtMs', descending: true, limit, after, search });
  }

  /** Those that are open, last opened first. */
  open(): Promise<StoredIncident[]> {
    return this.store
      .of(incidents)
      .find({ status: trusted({ $nin: OVER }) } as never)
      .sort({ openedAtMs: -1 })
      .limit(MOST_OPEN)
      .lean<StoredIncident[]>();
  }

  /** Those merged straight into one. */
  parts(incidentId: string): Promise<StoredIncident[]> {
    return this.store.of(incidents).find({ mergedInto: incidentId, status: 'merged' }).lean<StoredIncident[]>();
  }

  /** Those that count an incident among what was merged into them. */
  async holding(incidentId: string): Promise<string[]> {
    const found = await this.store.of(incidents).find({ merged: incidentId }).lean<StoredIncident[]>();
    return found.map(({ _id }) => _id);
  }

  /** One of its own, not from a call; a repeat of the same press answers what the first one made. */
  make(opening: Opening): Promise<StoredIncident> {
    return this.create(numberOfPress('INS'), opening, actorNow());
  }

  /** The incident of this id as it is, or a new one. */
  async create(incidentId: string, opening: Opening, actor: Actor): Promise<StoredIncident> {
    const { press } = currentContext();
    const { call, found, exercise } = opening;
    const document = { ...opened(opening, actor), _id: incidentId };
    const line: Line = {
      step: 'opened',
      ...(call === undefined ? {} : { callId: call.callId }),
      ...(found === undefined ? {} : { seenAtMs: found.seenAtMs }),
    };
    const events = emissionsOf({ ...document, version: 0 }, [line], actor);
    try {
      return await asExercise(exercise, () =>
        this.store.create(incidents, document, {
          events,
          ...(press === undefined || call !== undefined ? {} : { once: press }),
        }),
      );
    } catch (error) {
      // of a call: whoever else comes to it makes the same
      const made = call === undefined || !(error instanceof Fault) ? undefined : await this.find(incidentId);
      if (made === undefined) throw error;
      return made;
    }
  }

  /** A turn that somebody pressed: its repeat, also after a crash, finds it taken and adds no second line. */
  act(incidentId: string, rule: (incident: StoredIncident, actor: Actor) => Turn | undefined): Promise<StoredIncident> {
    const { press, principal } = currentContext();
    return this.#turn(incidentId, { by: principal.id, ...(press !== undefined && { once: press }) }, rule);
  }

  /** Takes a turn by its rule, however many others change the incident; where the rule makes none it is as it is. */
  turn(
    incidentId: string,
    rule: (incident: StoredIncident, actor: Actor) => Turn | undefined,
    by = currentContext().principal.id,
  ): Promise<StoredIncident> {
    return this.#turn(incidentId, { by }, rule);
  }

  /**
   * Like {@link turn} by what others are, who are read anew each time: after the incident, so that whoever saw newer ones and
   * changed it meanwhile is not undone. undefined: it is not there.
   */
  turnBy<Others>(incidentId: string, { read, rule, by }: TurnBy<Others>): Promise<StoredIncident | undefined> {
    return this.#turn(incidentId, { by }, async (incident, actor) => rule(incident, await read(), actor)).catch(
      unlessGone,
    );
  }

  async #turn(
    incidentId: string,
    { by, once }: { by: string; once?: OnceKey },
    rule: (incident: StoredIncident, actor: Actor) => Turn | undefined | Promise<Turn | undefined>,
  ): Promise<StoredIncident> {
    const turned = await this.store.turn(
      incidents,
      incidentId,
      async (incident) => {
        // its lines stand in the order of its changes, whatever the clocks of two processes say
        const actor = { by, nowMs: Math.max(Date.now(), incident.changedAtMs) };
        const turn = await rule(incident, actor);
        if (turn === undefined) return undefined;
        const change = setOrUnset({ ...turn.fields, changedAtMs: actor.nowMs });
        return { change, events: emissionsOf(incident, turn.lines, actor) };
      },
      { tries: TRIES, ...(once !== undefined && { once }) },
    );
    return turned.document;
  }

  /** Those that are simulated. */
  async exercises(): Promise<string[]> {
    const found = await this.store.of(incidents).find({ exercise: true }).lean<StoredIncident[]>();
    return found.map(({ _id }) => _id);
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<number> {
    const found = await this.exercises();
    for (const _id of found) await asExercise(true, () => this.store.remove(incidents, { _id }));
    return found.length;
  }
}

/** What is gathered into an incident that was cleared needs not be. */
function unlessGone(error: unknown): undefined {
  if (error instanceof Fault && error.kind === 'not-found') return undefined;
  throw error;
}

/** Lines of the change that makes the next version of it. */
function emissionsOf(
  { _id, version, agencies }: Pick<StoredIncident, '_id' | 'version' | 'agencies'>,
  lines: readonly Line[],
  { by, nowMs }: Actor,
): Emission[] {
  const change = `${_id}#${String(version + 1)}`;
  return lines.map((line, at) =>
    emission(IncidentLogged, {
      ...{ ...line, incidentId: _id, by, atMs: nowMs, agencies: [...agencies] },
      entryId: at === 0 ? change : `${change}.${String(at)}`,
    }),
  );
}
