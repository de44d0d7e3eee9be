import { useState } from 'react';
import { z } from 'zod';

const NAME = 'siaga.talk-handset';

/** The radio of the register that this phone is. */
const OwnHandset = z.object({ handsetId: z.string(), office: z.string() });
export type OwnHandset = z.infer<typeof OwnHandset>;

/** Kept on this phone; whether it still is that radio the city says, at each answer. */
export function useOwnHandset(): [OwnHandset | undefined, (own: OwnHandset) => void] {
  const [own, setOwn] = useState(kept);
  return [
    own,
    (held) => {
      localStorage.setItem(NAME, JSON.stringify(held));
      setOwn(held);
    },
  ];
}

function kept(): OwnHandset | undefined {
  try {
    return OwnHandset.safeParse(JSON.parse(localStorage.getItem(NAME) ?? '')).data;
  } catch {
    return undefined;
  }
}
