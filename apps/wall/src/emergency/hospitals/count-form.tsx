import { BedClass, ReportBeds, type Channel, type HospitalChanged } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';
import { BedLine } from './bed-line.tsx';
import { countsOf, totalOf, type Written } from './written-counts.ts';

interface CountFormProps {
  hospital: Pick<HospitalChanged, 'hospitalId' | 'beds'>;
  /** Who said it to the desk, and by what way; absent: the hospital counts its own. */
  heardOf?: { saidBy?: string; channel: Channel } | undefined;
  onCounted?: () => void;
}

/** Beds are counted: kinds that were counted before stand open with their total, the others are one press away. */
export function CountForm({ hospital, heardOf, onCounted }: CountFormProps) {
  const { hospitalId, beds } = hospital;
  const words = useSpeech().text.hospital;
  const [written, setWritten] = useState<Written>({});
  const press = usePress();
  const { busy, run } = press;
  const counts = countsOf(written, beds);
  const row = (bedClass: BedClass) => (
    <CountRow key={bedClass} {...{ bedClass, beds, written }} onWritten={setWritten} />
  );
  const others = BedClass.options.filter((bedClass) => beds.every((one) => one.bedClass !== bedClass));
  return (
    <form
      className="form bed-counts"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(ReportBeds, { params: { hospitalId }, body: { beds: counts, ...heardOf } });
          setWritten({});
          onCounted?.();
        });
      }}
    >
      {beds.map(({ bedClass }) => row(bedClass))}
      <details open={beds.length === 0}>
        <summary>{words.otherKinds}</summary>
        {others.map(row)}
      </details>
      <Refused press={press} />
      <button type="submit" className="strong" disabled={busy || counts.length === 0}>
        {words.report}
      </button>
    </form>
  );
}

interface CountRowProps {
  bedClass: BedClass;
  beds: HospitalChanged['beds'];
  written: Written;
  onWritten: (written: Written) => void;
}

function CountRow({ bedClass, beds, written, onWritten }: CountRowProps) {
  const words = useSpeech().text.hospital;
  const known = beds.find((one) => one.bedClass === bedClass);
  const name = words.bedClasses[bedClass];
  const field = (which: 'total' | 'occupied', value: string) => (
    <Field
      label={known === undefined ? `${name}: ${words[which]}` : words[which]}
      aria-label={`${name}: ${words[which]}`}
      type="number"
      inputMode="numeric"
      min={0}
      max={5000}
      value={value}
      onChange={({ target }) => {
        onWritten({ ...written, [bedClass]: { ...written[bedClass], [which]: target.value } });
      }}
    />
  );
  return (
    <div className="bed-count">
      {known !== undefined && <BedLine beds={known} />}
      <div className="bed-count-fields">
        {field('total', totalOf(written, known, bedClass))}
        {field('occupied', written[bedClass]?.occupied ?? '')}
      </div>
    </div>
  );
}
