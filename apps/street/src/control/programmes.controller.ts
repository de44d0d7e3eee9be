import { Controller } from '@nestjs/common';
import {
  AssignLampProgramme,
  Fault,
  LampProgrammeChanged,
  ListLampProgrammes,
  RemoveLampProgramme,
  SaveLampProgramme,
  sunProgramme,
  thingOfKey,
  type InputOf,
} from '@siaga/contracts';
import { asExercise, currentContext, Route } from '@siaga/service';
import { Store, type Stored } from '@siaga/store';
import { StreetRegister } from '../register/street-register.ts';
import { refuseDrill } from './drill.ts';
import { assignments, programmes } from './programme-documents.ts';
import { Programmes } from './programmes.ts';

/** So often an assignment is tried when somebody else assigns the same thing at the same moment. */
const TRIES = 3;

/** What lamps do by themselves: programmes, and who follows them. */
@Controller()
export class ProgrammesController {
  constructor(
    private readonly store: Store,
    private readonly known: Programmes,
    private readonly register: StreetRegister,
  ) {}

  @Route(ListLampProgrammes)
  list() {
    const nowMs = Date.now();
    const followers = this.known.followers();
    const items = this.known.all().map((programme) => ({
      ...programme,
      ...this.known.now(programme, nowMs),
      assigned: followers.get(programme.programmeId) ?? 0,
    }));
    return { items };
  }

  @Route(SaveLampProgramme)
  async save({ params: { programmeId }, body: { version, ...said } }: InputOf<typeof SaveLampProgramme>) {
    refuseSun(programmeId);
    const given = { ...said, changedAtMs: Date.now() };
    if (version === undefined) {
      const { exercise } = currentContext();
      const document = { ...given, exercise, _id: programmeId };
      return changedOf(await this.store.create(programmes, document));
    }
    const before = await this.found(programmeId);
    const where = { _id: programmeId, version };
    const after = await asExercise(before.exercise, () =>
      this.store.change(programmes, { where, change: { $set: given } }),
    );
    if (after === undefined)
      throw new Fault('conflict', 'sudah diubah orang lain, muat ulang · somebody changed it meanwhile, reload');
    return changedOf(after);
  }

  @Route(RemoveLampProgramme)
  async remove({ params: { programmeId } }: InputOf<typeof RemoveLampProgramme>) {
    refuseSun(programmeId);
    const { exercise } = await this.found(programmeId);
    // asked of the store: what was assigned just now counts, too
    const follower = await this.store.of(assignments).findOne({ programmeId }).lean();
    if (follower !== null)
      throw new Fault('conflict', `program ${programmeId} masih dipakai ${follower._id} · it is still followed`);
    await asExercise(exercise, () => this.store.remove(programmes, { _id: programmeId }));
    return {};
  }

  @Route(AssignLampProgramme)
  async assign({ body: { things, programmeId } }: InputOf<typeof AssignLampProgramme>) {
    if (programmeId !== undefined && programmeId !== sunProgramme.programmeId) await this.found(programmeId);
    // what left the register may still be let go
    if (programmeId !== undefined) for (const thing of things) await this.refuseStrange(thing);
    const all = new Set(things);
    refuseDrill(things.every((thing) => this.isSimulated(thing)));
    for (const thing of all) await this.assignOne(thing, programmeId);
    return { assigned: all.size };
  }

  private async assignOne(thing: string, programmeId: string | undefined): Promise<void> {
    const changedAtMs = Date.now();
    const exercise = this.isSimulated(thing);
    const change = programmeId === undefined ? { $unset: { programmeId: 1 }, $set: { changedAtMs } } : { $set: { programmeId, changedAtMs } }; // prettier-ignore
    for (let tried = 0; tried < TRIES; tried += 1) {
      const changed = await asExercise(exercise, () => this.store.change(assignments, { where: { _id: thing }, change })); // prettier-ignore
      if (changed !== undefined || programmeId === undefined) return;
      const made = await asExercise(exercise, () =>
        this.store.createIfFree(assignments, { _id: thing, programmeId, changedAtMs, exercise }),
      );
      if (made !== undefined) return;
    }
    throw new Fault('conflict', `${thing} sedang diubah, coba lagi · many change it, try again`);
  }

  /** What is said of a simulated thing leaves with it, whoever said it. */
  private isSimulated(thing: string): boolean {
    const { kind, thingId } = thingOfKey(thing);
    const { lamps, panels } = this.register.here;
    return (kind === 'lamp' ? lamps : panels).entry(thingId)?.exercise === true;
  }

  private async refuseStrange(thing: string): Promise<void> {
    const { kind, thingId } = thingOfKey(thing);
    const found = kind === 'lamp' ? await this.register.lamp(thingId) : await this.register.panel(thingId);
    if (found === undefined) throw new Fault('invalid', `things: ${thing} tidak terdaftar · is not registered`);
  }

  private async found(programmeId: string) {
    const found = await this.store.find(programmes, programmeId);
    if (found === undefined)
      throw new Fault('not-found', `program ${programmeId} tidak ada · there is no such programme`);
    return found;
  }
}

const changedOf = ({ _id, ...stored }: Stored<object> & { _id: string }): LampProgrammeChanged =>
  LampProgrammeChanged.data.parse({ ...stored, programmeId: _id });

function refuseSun(programmeId: string): void {
  if (programmeId === sunProgramme.programmeId)
    throw new Fault('invalid', 'programmeId: "sun" adalah program bawaan, pakai nama lain · "sun" is built in');
}
