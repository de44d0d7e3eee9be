import type { SeenPanel } from '../lamps/seen-lamps.ts';

/** What is most wrong with a panel's lamps. */
export type PanelTrouble = 'dark' | 'suspected' | 'day-burning' | 'none';

export function troubleOf({ dark, suspected, dayBurning }: SeenPanel): PanelTrouble {
  if (dark > 0) return 'dark';
  if (suspected > 0) return 'suspected';
  return dayBurning > 0 ? 'day-burning' : 'none';
}

/** From this share of its lamps on, trouble is the panel's, not single lamps': it is shown from far. */
const largeShare = 0.2;

/** Points for a map: each panel with its name, its sum in words, and how much is wrong with it. */
export function panelFeatures(
  panels: Iterable<SeenPanel>,
  wordsOf: (panel: SeenPanel) => string,
): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [...panels].flatMap((panel) => featureOf(panel, wordsOf)) };
}

function featureOf(panel: SeenPanel, wordsOf: (panel: SeenPanel) => string): GeoJSON.Feature[] {
  const { panelId, place } = panel;
  if (place === undefined) return [];
  const trouble = troubleOf(panel);
  return [
    {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
      properties: {
        panelId,
        trouble,
        isLarge: panel.dark + panel.suspected + panel.dayBurning > Math.max(1, panel.lamps * largeShare),
        name: panelId,
        sum: panel.lamps === 0 ? '' : wordsOf(panel),
        // when names are in each other's way, the one with more dark lamps stays
        rank: -(panel.dark * 100 + panel.suspected * 10 + panel.dayBurning),
      },
    },
  ];
}
