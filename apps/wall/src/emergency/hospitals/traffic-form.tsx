import { EmsTraffic, ReportBeds, type Channel, type HospitalChanged } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';

interface TrafficFormProps {
  hospital: Pick<HospitalChanged, 'hospitalId' | 'emsTraffic'>;
  /** By what way the desk heard it, and of whom; absent: the hospital says it itself. */
  heardOf?: { channel: Channel; saidBy?: string } | undefined;
  onSaid?: () => void;
}

/** Whether ambulances may come: as usual with one press, otherwise with the reason. */
export function TrafficForm({ hospital: { hospitalId, emsTraffic }, heardOf, onSaid }: TrafficFormProps) {
  const words = useSpeech().text.hospital;
  const [chosen, setChosen] = useState(emsTraffic);
  const [reason, setReason] = useState('');
  const press = usePress();
  const { busy, run } = press;
  const emsReason = reason.trim();
  const needsReason = chosen !== 'normal';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          const body = { beds: [], emsTraffic: chosen, ...(needsReason && { emsReason }), ...heardOf };
          await send(ReportBeds, { params: { hospitalId }, body });
          setReason('');
          onSaid?.();
        });
      }}
    >
      <Choice label={words.trafficTitle} options={EmsTraffic.options} chosen={chosen} onChoose={setChosen} wraps named>
        {(one) => words.traffic[one]}
      </Choice>
      {needsReason && (
        <Field
          label={words.trafficReason}
          maxLength={120}
          required
          value={reason}
          onChange={({ target }) => {
            setReason(target.value);
          }}
        />
      )}
      <Refused press={press} />
      <button type="submit" disabled={busy || (needsReason && emsReason === '')}>
        {words.saySo}
      </button>
    </form>
  );
}
