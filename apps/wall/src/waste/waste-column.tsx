import { AdoptDevice, ImportTrucks } from '@siaga/contracts';
import { FileUp, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { showPlace } from '../map/view.ts';
import { useFocus } from '../room/focus.tsx';
import { useFindings } from '../search/finders.tsx';
import { useMay } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { findPlaces } from '../search/find-places.ts';
import { useStreetPlaces } from '../search/use-street-places.ts';
import { countStates, findTrucks } from './trucks/fleet.ts';
import { CONNECT, IMPORT, TRUCK } from './kinds.ts';
import { NoTrucks } from './register/no-trucks.tsx';
import { FoundThings } from '../search/found-things.tsx';
import { PlaceResults } from '../search/place-results.tsx';
import { SeenDevices } from './devices/seen-devices.tsx';
import { TruckList } from './trucks/truck-list.tsx';
import { WallSearch } from '../search/search-field.tsx';
import { useWaste } from './waste-context.tsx';

/** Trucks with what they are doing, the search over them, and devices that wait for a truck. */
export function WasteColumn() {
  const { text, format } = useSpeech();
  const { fleet } = useWaste();
  const [search, setSearch] = useState('');
  const found = useMemo(() => findTrucks(fleet, search), [fleet, search]);
  const streets = useStreetPlaces(search);
  const places = useMemo(() => [...findPlaces(search), ...streets], [search, streets]);
  const things = useFindings(search);
  const { show } = useFocus();
  /** When the search left one thing only, Enter goes there. */
  const goToOnly = () => {
    const [truck, place, thing] = [found[0], places[0], things.items[0]];
    if (search.trim() === '' || found.length + places.length + things.items.length !== 1) return;
    if (truck !== undefined) show(TRUCK, truck.truckId);
    else if (place !== undefined) showPlace(place);
    else thing?.go();
  };
  const silent = useMemo(() => countStates(fleet).silent, [fleet]);
  return (
    <section className="waste-column" aria-labelledby="trucks-heading">
      <header className="column-head">
        <h2 id="trucks-heading">
          {text.trucks} <strong>{format.number(fleet.length)}</strong>
        </h2>
        {silent > 0 && <p data-tone="attention">{text.countSilent(format.number(silent))}</p>}
      </header>
      <WallSearch search={search} onSearch={setSearch} onEnter={goToOnly} />
      {fleet.length === 0 && <NoTrucks />}
      {found.length > 0 && <TruckList fleet={found} />}
      {search !== '' && found.length + places.length + things.items.length === 0 && fleet.length > 0 && (
        <p className="nothing">{text.searchNothing(search)}</p>
      )}
      <FoundThings findings={things} />
      <PlaceResults places={places} />
      <SeenDevices />
      {fleet.length > 0 && <Actions />}
    </section>
  );
}

function Actions() {
  const { text } = useSpeech();
  const { show } = useFocus();
  const may = useMay();
  const [mayConnect, mayImport] = [may(AdoptDevice), may(ImportTrucks)];
  if (!mayConnect && !mayImport) return null;
  return (
    <p className="column-actions">
      {mayConnect && (
        <button
          type="button"
          onClick={() => {
            show(CONNECT);
          }}
        >
          <Plus aria-hidden="true" /> {text.connect}
        </button>
      )}
      {mayImport && (
        <button
          type="button"
          onClick={() => {
            show(IMPORT);
          }}
        >
          <FileUp aria-hidden="true" /> {text.importTrucks}
        </button>
      )}
    </p>
  );
}
