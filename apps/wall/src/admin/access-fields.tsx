import { Agency, PersonRole } from '@siaga/contracts';
import { useMe } from '../session/session-context.tsx';
import { adminWords } from '../text/admin-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { agenciesOf } from './kinds.ts';

/** What somebody may do, and for whom. */
export interface Access {
  agencies: readonly Agency[];
  roles: readonly PersonRole[];
}

interface AccessFieldsProps {
  access: Access;
  onChange: (access: Access) => void;
}

/** Agencies and roles to tick: those that who gives them may give. What somebody else gave is shown, not changed. */
export function AccessFields({ access, onChange }: AccessFieldsProps) {
  return (
    <>
      <AgencyChecks
        agencies={access.agencies}
        onChange={(agencies) => {
          onChange({ ...access, agencies });
        }}
      />
      <RoleChecks
        roles={access.roles}
        onChange={(roles) => {
          onChange({ ...access, roles });
        }}
      />
    </>
  );
}

/** Agencies to tick; an administrator of agencies has only his own to give. */
export function AgencyChecks({
  agencies,
  onChange,
}: {
  agencies: readonly Agency[];
  onChange: (agencies: readonly Agency[]) => void;
}) {
  const { text } = useSpeechWith(adminWords);
  const me = useMe();
  const mine = agenciesOf(me);
  return (
    <fieldset className="checks">
      <legend>{text.admin.agencies}</legend>
      <div className="agencies">
        {Agency.options
          .filter((agency) => mine.includes(agency) || agencies.includes(agency))
          .map((agency) => (
            <label key={agency}>
              <input
                type="checkbox"
                disabled={!mine.includes(agency)}
                checked={agencies.includes(agency)}
                onChange={() => {
                  onChange(toggled(agencies, agency));
                }}
              />
              {text.session.agencies[agency]}
            </label>
          ))}
      </div>
    </fieldset>
  );
}

function RoleChecks({
  roles,
  onChange,
}: {
  roles: readonly PersonRole[];
  onChange: (roles: readonly PersonRole[]) => void;
}) {
  const { text } = useSpeechWith(adminWords);
  const me = useMe();
  const mayGive = (role: PersonRole) => role !== 'city-admin' || me.roles.includes('city-admin');
  return (
    <fieldset className="checks">
      <legend>{text.admin.roles}</legend>
      {PersonRole.options
        .filter((role) => mayGive(role) || roles.includes(role))
        .map((role) => (
          <label key={role}>
            <input
              type="checkbox"
              disabled={!mayGive(role)}
              checked={roles.includes(role)}
              onChange={() => {
                onChange(toggled(roles, role));
              }}
            />
            <span>
              {text.session.roles[role]} <span className="third">{text.admin.roleMeanings[role]}</span>
            </span>
          </label>
        ))}
    </fieldset>
  );
}

function toggled<Item>(items: readonly Item[], item: Item): Item[] {
  return items.includes(item) ? items.filter((one) => one !== item) : [...items, item];
}
