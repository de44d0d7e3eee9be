import { describe, expect, it } from '@jest/globals';
import type { AlarmCause } from '@siaga/contracts';
import { countBelow, treeOf, type CauseNode } from './tree.ts';

const cause = (name: string, parent?: string, said: Partial<AlarmCause> = {}): AlarmCause => ({
  ...{ conditionKey: name, thing: { kind: name.split('-')[0] ?? name, thingId: name }, name, kind: 'supplyLoss' },
  ...{ severity: 'high', basis: 'measured', agency: 'dishub', sinceMs: 0, ...said },
  ...(parent === undefined ? {} : { parentKey: parent }),
});
const drawn = (nodes: readonly CauseNode[]): unknown[] =>
  nodes.map(({ cause: { name }, below }) => (below.length === 0 ? name : [name, ...drawn(below)]));

describe('the tree of causes', () => {
  it('is built from what names its parent, in any order of arrival', () => {
    const tree = treeOf([
      cause('lamp-10', 'panel-1'),
      cause('lamp-9', 'panel-1'),
      cause('feeder-a'),
      cause('camera-1', 'feeder-a', { severity: 'medium' }),
      cause('panel-1', 'feeder-a'),
    ]);
    expect(drawn(tree)).toEqual([['feeder-a', ['panel-1', 'lamp-9', 'lamp-10'], 'camera-1']]);
    expect(tree.map(countBelow)).toEqual([{ panel: 1, lamp: 2, camera: 1 }]);
  });

  it('keeps what names a parent that did not come along', () => {
    expect(drawn(treeOf([cause('feeder-a'), cause('lamp-1', 'panel-7')]))).toEqual(['feeder-a', 'lamp-1']);
  });
});
