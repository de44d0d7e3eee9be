import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConditionChanged, type ThingKey } from '@siaga/contracts';
import { createLogger, currentContext } from '@siaga/service';
import { emission, setOrUnset, Store } from '@siaga/store';
import { panelKind } from '../../panels/panel-kind.ts';
import { links } from '../../links/link-kind.ts';
import { cameras, type CameraDocument } from '../camera-kind.ts';
import { CameraProbe, type Finding } from '../probe/camera-probe.ts';
import { reasons } from '../probe/unseen.ts';
import { cameraConditions, hangsOn } from './camera-conditions.ts';
import { LinkWatch } from './link-watch.ts';
import { cameraStates, type CameraStateDocument, type StoredCameraState } from './state-documents.ts';
import { depthOf, nextLookMs, observed, type Pace, type Watched } from './watch-rules.ts';

const log = createLogger('cameras');

/** Cameras looked at in one moment; a look that hangs takes 8 s, so ten times the city's cameras are still seen each minute. */
const MOST = 96;
const LATER_MS = 1000;
/** Two processes at one camera: the second takes what the first wrote. */
const TRIES = 3;

/** `CAMERA_WATCH_SECONDS` and what follows from it. */
export const CAMERA_PACE = Symbol('siaga:camera-pace');

/** Looks at every camera of a city again and again; a camera that hangs holds up no timer. */
@Injectable()
export class CameraWatch implements OnApplicationShutdown {
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly store: Store,
    private readonly probe: CameraProbe,
    private readonly linkWatch: LinkWatch,
    @Inject(CAMERA_PACE) private readonly pace: Pace,
  ) {}

  /** Its time has come: the next look is set first, so that a process that dies misses one. */
  due(state: StoredCameraState) {
    const nowMs = Date.now();
    const key = `${currentContext().city}/${state._id}`;
    if (this.#underWay.size >= MOST) return { change: { $set: { wakeAtMs: nowMs + LATER_MS } } };
    if (!this.#underWay.has(key)) this.#begin(key, state);
    return { change: { $set: { wakeAtMs: nowMs + this.pace.everyMs } } };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  /** A camera was found so, by whoever looked. */
  async conclude(cameraId: string, finding: Finding): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [state, camera] = await Promise.all([
        this.store.find(cameraStates, cameraId),
        this.store.find(cameras, cameraId),
      ]);
      if (state === undefined || camera === undefined) return;
      if (await this.#write(state, camera, finding)) return;
    }
  }

  /** Something of it is another now: whoever waits for its next look need not. */
  async lookSoon(cameraId: string): Promise<void> {
    await this.store.change(cameraStates, { where: { _id: cameraId }, change: { $set: { wakeAtMs: Date.now() } } });
  }

  /** What is believed of a camera ends with it. */
  async forget(cameraId: string): Promise<void> {
    const state = await this.store.find(cameraStates, cameraId);
    if (state === undefined) return;
    const over = { ...state, health: 'unchecked' as const, checkedAtMs: Math.max(Date.now(), state.checkedAtMs + 1) };
    const events = cameraConditions({ ...state, cameraId, within: [] }, state, over);
    await this.store.remove(
      cameraStates,
      { _id: cameraId },
      events.map((data) => emission(ConditionChanged, data)),
    );
    if (state.linkId !== undefined) await this.linkWatch.look(state.linkId);
  }

  #begin(key: string, state: StoredCameraState): void {
    const looking = this.#look(state)
      .catch((error: unknown) => {
        log.warn({ err: error, cameraId: state._id }, 'a camera is looked at again later');
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, looking);
  }

  async #look(state: StoredCameraState): Promise<void> {
    const camera = await this.store.find(cameras, state._id);
    if (camera === undefined) return;
    const hasStills = camera.snapshotUrl !== undefined;
    const nowMs = Date.now();
    const depth = depthOf(state, { hasStills, nowMs }, this.pace);
    // before anything is decoded, and past the store, for nobody sees it: a picture that ends us is not the next one, too
    if (depth === 'picture')
      await this.store.of(cameraStates).updateOne({ _id: state._id }, { $set: { judgedAtMs: nowMs } });
    await this.conclude(state._id, await this.probe.look(camera, depth));
  }

  async #write(state: StoredCameraState, camera: CameraDocument, finding: Finding): Promise<boolean> {
    const { reason, detail } = finding;
    const words = reason === 'ok' ? detail : [reasons[reason].words, detail && `(${detail})`].filter(Boolean).join(' ');
    const after = observed(state, { ...finding, detail: words?.slice(0, 200) }, this.pace);
    const { name, owner, place, linkId } = camera;
    const isNews = after.health !== state.health;
    const within = isNews ? await this.#hangsOn(camera) : [];
    const conditions = cameraConditions({ cameraId: state._id, name, owner, place, within }, state, after);
    const facts = { name, owner, place: { lat: place.lat, lng: place.lng }, linkId };
    const done = await this.store.change(cameraStates, {
      where: { _id: state._id, version: state.version },
      change: this.#changeTo(after, facts),
      events: conditions.map((data) => emission(ConditionChanged, data)),
    });
    if (done === undefined) return false;
    if (isNews && linkId !== undefined) await this.linkWatch.look(linkId);
    return true;
  }

  #changeTo(after: Watched, facts: Pick<CameraStateDocument, 'name' | 'owner' | 'place' | 'linkId'>) {
    const { health, sinceMs, checkedAtMs, lastPictureAtMs, judgedAtMs, detail, doubt } = after;
    const nowMs = Date.now();
    const wakeAtMs = health === 'unchecked' && doubt === undefined ? undefined : nextLookMs(after, { nowMs, phase: phaseOf(facts.linkId ?? facts.name) }, this.pace); // prettier-ignore
    const fields = { ...facts, health, sinceMs, checkedAtMs, changedAtMs: nowMs, lastPictureAtMs, judgedAtMs, detail, doubt, wakeAtMs }; // prettier-ignore
    return setOrUnset(fields);
  }

  /** Link, panel and feeder of a camera, as far as they are known. */
  async #hangsOn({ linkId, panelId }: CameraDocument): Promise<ThingKey[]> {
    const link = linkId === undefined ? undefined : await this.store.find(links, linkId);
    const from = panelId ?? link?.panelId;
    const panel = from === undefined ? undefined : await this.store.find(panelKind.collection, from);
    const feederId = panel?.['feederId'] as string | undefined;
    return hangsOn([
      ['link', linkId],
      ['panel', panelId],
      ['panel', link?.panelId],
      ['feeder', feederId],
    ]);
  }
}

/** Spreads links, and cameras without one, over a period. */
export const phaseOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
