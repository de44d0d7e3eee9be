/** Which lamps are meant, as people write it: ids with commas between, or all of a kelurahan. */
export interface Chosen {
  lamps: string;
  panels: string;
  kelurahanCode: string;
}

/** What a panel of the wall is about: `lamp:PJU-1`, `panel:APP-1`. */
export function chosenOf(thing: string | undefined): Chosen {
  const [kind, id = ''] = (thing ?? '').split(':');
  return { lamps: kind === 'lamp' ? id : '', panels: kind === 'panel' ? id : '', kelurahanCode: '' };
}

/** The same as a command names it. */
export const namedIn = ({ lamps, panels, kelurahanCode }: Chosen) => ({
  lampIds: idsIn(lamps),
  panelIds: idsIn(panels),
  kelurahanCodes: kelurahanCode === '' ? [] : [kelurahanCode],
});

/** The same as things: panels first. A kelurahan is none. */
export function thingsIn(chosen: Chosen): string[] {
  const { lampIds, panelIds } = namedIn(chosen);
  return [...panelIds.map((id) => `panel:${id}`), ...lampIds.map((id) => `lamp:${id}`)];
}

const idsIn = (text: string) => text.split(/[\s,;]+/).filter((id) => id !== '');
