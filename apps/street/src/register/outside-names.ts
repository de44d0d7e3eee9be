import { Fault, type ImportFinding } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { idOfRow, type Fields, type Kind, type Row, type StoredThing } from './kind.ts';

/** What a kind's things may name that no register keeps: its configuration says what there is. */
export interface OutsideName {
  /** `street.cameras` */
  readonly kind: string;
  readonly field: string;
  /** Why a thing of a city cannot name it, in words; undefined when it can. */
  readonly refusalOf: (named: string, city: string) => string | undefined;
}

/** Injectable: refuses things of the context's city that name what is not there. */
export class OutsideNames {
  readonly #names: readonly OutsideName[];

  constructor(names: readonly OutsideName[]) {
    this.#names = names;
  }

  /** Throws `invalid`. `before`: who changes something else is not held up by a name that was good once. */
  refuse(kind: Kind, fields: Fields, before: Fields | undefined): void {
    const issues = this.#issues(kind, fields, before);
    if (issues[0] !== undefined) throw new Fault('invalid', issues[0].message, { issues });
  }

  /** The same of lines of a sheet. */
  errorsIn(
    kind: Kind,
    lines: readonly { line: number; values: Row }[],
    known: ReadonlyMap<string, StoredThing>,
  ): ImportFinding[] {
    return lines.flatMap(({ line, values }) =>
      this.#issues(kind, values, known.get(idOfRow(kind, values))).map(({ at, message }) => ({
        ...{ line, column: kind.sheet.columns[at]?.headings.id ?? at, message },
      })),
    );
  }

  #issues({ name: kind }: Kind, fields: Fields, before: Fields | undefined): { at: string; message: string }[] {
    const ours = this.#names.filter((one) => one.kind === kind);
    return ours.flatMap(({ field, refusalOf }) => {
      const named = fields[field];
      if (typeof named !== 'string' || named === before?.[field]) return [];
      const message = refusalOf(named, currentContext().city);
      return message === undefined ? [] : [{ at: field, message }];
    });
  }
}
