import type { Link } from '@siaga/contracts';
import { column, defineRegister, optional, text, type RowOf } from '@siaga/registers';
import { defineCollection } from '@siaga/store';
import { panelKind } from '../panels/panel-kind.ts';
import { ownerColumn } from '../register/agency-column.ts';
import { idColumn, idText } from '../register/columns.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';

type LinkDocument = Omit<Link, 'linkId'> & Registered;

/** Radio links; `_id` is the linkId. Nothing draws them: who looks at a camera is told which one it hangs on. */
export const links = defineCollection<LinkDocument>({
  name: 'street_links',
  fields: {
    name: { type: String, required: true },
    owner: { type: String, required: true },
    panelId: String,
    ...registrationFields,
  },
  indexes: [exerciseIndex, { name: 'owner', fields: { owner: 1 } }, { name: 'panel', fields: { panelId: 1 } }],
});

const sheet = defineRegister({
  name: 'tautan radio',
  key: 'linkId',
  columns: {
    linkId: idColumn({ id: 'ID Tautan', en: 'Link ID', aliases: ['tautan', 'link', 'radio', 'id radio'] }, 'RADIO-03'),
    name: column({
      headings: { id: 'Nama', en: 'Name', aliases: ['nama tautan'] },
      parse: text({ max: 80 }),
      example: 'Menara Dishub – Simpang Flora',
      explanation: 'Dari mana ke mana.',
    }),
    owner: ownerColumn,
    panelId: optional({
      headings: { id: 'Panel', en: 'Panel', aliases: ['id panel', 'app', 'box app'] },
      parse: idText,
      example: 'APP-001',
      explanation: 'Panel yang memberi listrik pada ujung jauhnya. Kosongkan bila tidak tahu.',
    }),
  },
});
type LinkRow = RowOf<typeof sheet.columns>;

/** The register of radio links. */
export const linkKind = defineKind({
  ...{ name: 'street.links', collection: links, key: ['linkId'], sheet },
  searched: ['_id', 'name'],
  optional: ['panelId'],
  owned: { hidden: [] },
  parent: { field: 'panelId', kind: panelKind },
  thingOf: (row) => row,
  rowOf: (link) => {
    const { linkId, name, owner, panelId } = link as Link;
    return { linkId, name, owner, panelId } satisfies LinkRow;
  },
});
