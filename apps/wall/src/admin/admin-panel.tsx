import { AgencyDevice } from '@siaga/contracts';
import { Choice } from '../room/choice.tsx';
import { useFocus } from '../room/focus.tsx';
import { Panel } from '../room/panel.tsx';
import { adminWords } from '../text/admin-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import './admin.css';
import { DeviceView } from './devices/device-view.tsx';
import { DevicesView } from './devices/devices-view.tsx';
import { ADMIN } from './kinds.ts';
import { InvitationsView } from './people/invitations-view.tsx';
import { InviteView } from './people/invite-view.tsx';
import { OnePersonView } from './people/one-person-view.tsx';
import { PeopleView } from './people/people-view.tsx';
import { ScreensView } from './screens/screens-view.tsx';

const tabs = ['people', 'invitations', 'screens', 'devices'] as const;
type Tab = (typeof tabs)[number];

/** Kelola: who and what belongs to the city, one kind at a time. */
export default function AdminPanel({ focusKey }: { focusKey: string }) {
  const { text } = useSpeechWith(adminWords);
  const { show } = useFocus();
  const shown = tabOf(focusKey);
  return (
    <Panel title={text.admin.title}>
      <div className="admin">
        <Choice
          label={text.admin.title}
          options={tabs}
          chosen={shown}
          onChoose={(tab) => {
            show(ADMIN, tab);
          }}
        >
          {(tab) => text.admin[tab]}
        </Choice>
        <View focusKey={focusKey} />
      </div>
    </Panel>
  );
}

function View({ focusKey }: { focusKey: string }) {
  const [view, agency, protocol, deviceId = ''] = focusKey.split('/');
  if (view === 'person' && agency !== undefined) return <OnePersonView key={agency} personId={agency} />;
  if (view === 'invite') return <InviteView />;
  if (view === 'invitations') return <InvitationsView />;
  if (view === 'screens') return <ScreensView />;
  if (view === 'devices') return <DevicesView />;
  const device = AgencyDevice.safeParse({ agency, protocol, deviceId: decodeURIComponent(deviceId) });
  if (view === 'device' && device.success) return <DeviceView key={focusKey} device={device.data} />;
  return <PeopleView />;
}

function tabOf(focusKey: string): Tab {
  if (focusKey.startsWith('device')) return 'devices';
  return tabs.find((tab) => tab === focusKey) ?? 'people';
}
