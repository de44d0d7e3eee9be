import { lazy, useState, type ComponentType } from 'react';

type Fetch<Props> = () => Promise<{ default: ComponentType<Props> }>;

const wanted: (() => void)[] = [];

/**
 * A component in a chunk of its own that is there before anybody asks: fetched once the first picture stands, see
 * {@link fetchAhead}, and from then on shown in the frame in which it is asked for. (`lazy` alone waits for its
 * promise, and React holds back what it shows after a wait.) Asked for sooner, or where fetching ahead failed, it is
 * fetched then.
 */
export function ahead<Props extends object>(fetch: Fetch<Props>): ComponentType<Props> {
  let here: ComponentType<Props> | undefined;
  const Later = lazy(fetch);
  wanted.push(() => {
    fetch().then(
      (chunk) => (here = chunk.default),
      () => undefined,
    );
  });
  return function Ahead(props: Props) {
    // what it began with stays: another component would begin anew
    const [Shown] = useState<ComponentType<Props>>(() => here ?? Later);
    return <Shown {...props} />;
  };
}

/** Fetches what is wanted {@link ahead}. */
export function fetchAhead(): void {
  for (const fetch of wanted.splice(0)) fetch();
}
