import { DistressCall } from '../talk/distress/distress.tsx';
import { useDistress } from '../talk/distress/use-distress.ts';
import '../talk/talk.css';
import { emergencyGroup, useGroups } from '../talk/use-groups.ts';
import { useSpeech } from '../text/speech.tsx';

/** A crew's emergency button, and the way to its radio, where its voice goes. */
export function FieldDistress() {
  const words = useSpeech().text.talk.distress;
  const distress = useDistress();
  const groups = useGroups('siaga.talk-group', { follows: false });
  return (
    <>
      <DistressCall distress={distress} groupId={emergencyGroup(groups)} />
      <a className="button field-way" href="/ht">
        {words.toRadio}
      </a>
    </>
  );
}
