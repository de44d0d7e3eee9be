import type { ReactNode } from 'react';

/** A name and what is known of it; undefined is left out. */
export type Fact = readonly [name: string, value: ReactNode];

/** A board of names and values. */
export function Facts({ facts }: { facts: readonly (Fact | false | undefined)[] }) {
  return (
    <dl className="facts">
      {facts
        .filter((fact) => fact !== undefined && fact !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
