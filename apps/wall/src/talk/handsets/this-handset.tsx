import { HoldHandset, ListHandsets, type HandsetNow } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { batteryNow, talkDevice } from '../device.ts';
import type { OwnHandset } from './own-handset.ts';

interface ThisHandsetProps {
  own: OwnHandset | undefined;
  onHeld: (own: OwnHandset) => void;
}

/** Which radio of the register this phone is: chosen once, so that a roll call and a loss can name it. */
export function ThisHandset({ own, onHeld }: ThisHandsetProps) {
  const words = useSpeech().text.handsets;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>{own === undefined ? words.whichIsThis : words.thisIs(own.handsetId, own.office)}</summary>
      {isOpen && (
        <Chooser
          onHeld={(held) => {
            setIsOpen(false);
            onHeld(held);
          }}
        />
      )}
    </details>
  );
}

function Chooser({ onHeld }: Pick<ThisHandsetProps, 'onHeld'>) {
  const words = useSpeech().text.handsets;
  const ask = useCallback((query: ListQuery, signal: AbortSignal) => call(ListHandsets, { query }, { signal }), []);
  const { items, search, onSearch, failure } = useList(ask);
  const holding = usePress();
  const able = items?.filter(({ kind, lost }) => kind !== 'analogue' && lost === undefined);
  const hold = ({ handsetId, office }: HandsetNow) => {
    holding.run(async (send) => {
      const body = { deviceId: talkDevice(), ...(await batteryNow()) };
      await send(HoldHandset, { params: { handsetId }, body });
      onHeld({ handsetId, office });
    });
  };
  return (
    <>
      <SearchField label={words.find} search={search} onSearch={onSearch} />
      {(failure ?? holding.failure) !== undefined && <p role="alert">{failure ?? holding.failure}</p>}
      {able?.length === 0 && <p>{words.noneToHold}</p>}
      <div className="choice" role="group" aria-label={words.whichIsThis} data-wraps>
        {able?.map((handset) => (
          <button
            key={handset.handsetId}
            type="button"
            disabled={holding.busy}
            onClick={() => {
              hold(handset);
            }}
          >
            {`${handset.handsetId} · ${handset.office}`}
          </button>
        ))}
      </div>
    </>
  );
}
