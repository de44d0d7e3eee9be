import { Controller } from '@nestjs/common';
import { ExportAudit, ListAudit, type AnswerOf, type AuditedAction, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { AuditRecords } from './records.store.ts';
import { WhoActed } from './who-acted.store.ts';

/** Who did or saw what. */
@Controller()
export class AuditController {
  constructor(
    private readonly records: AuditRecords,
    private readonly who: WhoActed,
  ) {}

  @Route(ListAudit)
  async list({ query }: InputOf<typeof ListAudit>): Promise<AnswerOf<typeof ListAudit>> {
    const found = await this.records.attempts({ ...query, limit: query.limit + 1 });
    const attempts = found.slice(0, query.limit);
    const [conclusions, names] = await Promise.all([
      this.records.conclusions(attempts.map(({ attemptId }) => attemptId)),
      this.who.namesOf(attempts.flatMap((attempt) => [attempt.principalId, ...idsIn(attempt.subjects)])),
    ]);
    const concluded = attempts.map((attempt): AuditedAction => {
      const { outcome, fault } = conclusions.get(attempt.attemptId) ?? {};
      const displayName = names.get(attempt.principalId);
      return {
        ...attempt,
        ...(displayName === undefined ? {} : { displayName }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(fault === undefined ? {} : { fault }),
      };
    });
    const reasons = await this.who.reasonsOf(concluded);
    const items = concluded.map((action) => {
      const reason = reasons.get(action.attemptId);
      return reason === undefined ? action : { ...action, reason };
    });
    const last = found.length > query.limit ? attempts.at(-1) : undefined;
    const touched = new Set(items.flatMap(({ subjects }) => idsIn(subjects)));
    return {
      items,
      names: Object.fromEntries([...names].filter(([id]) => touched.has(id))),
      ...(last === undefined ? {} : { next: String(last.seq) }),
    };
  }

  @Route(ExportAudit)
  async export({ query }: InputOf<typeof ExportAudit>): Promise<AnswerOf<typeof ExportAudit>> {
    const [head, begin] = await Promise.all([this.records.head(), this.records.begin()]);
    const items = await this.records.from(Math.max(query.from, begin.seq + 1), query.limit);
    return { items, begin, head };
  }
}

/** Ids of the people and screens among subjects, also of those whose trail was read: `audit:person:…`, `audit:by:…`. */
const idsIn = (subjects: readonly string[]): string[] =>
  subjects.flatMap((subject) => /^(?:audit:)?(?:person|screen|by):(.+)$/.exec(subject)?.[1] ?? []);
