import { AlarmSeverity, type AlarmCause } from '@siaga/contracts';

/** A condition and what hangs right below it. */
export interface CauseNode {
  cause: AlarmCause;
  below: readonly CauseNode[];
}

const byName = new Intl.Collator('id', { numeric: true }).compare;
const rankOf = ({ severity }: AlarmCause): number => AlarmSeverity.options.indexOf(severity);

/**
 * The tree that conditions name by their parents: worst first, then by name. What names a parent that is not among them,
 * because the answer had no room for it, stands at the top; a circle is cut where it closes.
 */
export function treeOf(causes: readonly AlarmCause[]): readonly CauseNode[] {
  const keys = new Set(causes.map(({ conditionKey }) => conditionKey));
  const children = Map.groupBy(causes, ({ parentKey }) =>
    parentKey !== undefined && keys.has(parentKey) ? parentKey : '',
  );
  const placed = new Set<string>();
  const grow = (key: string): CauseNode[] =>
    (children.get(key) ?? [])
      .filter(({ conditionKey }) => !placed.has(conditionKey))
      .sort((one, other) => rankOf(one) - rankOf(other) || byName(one.name, other.name))
      .map((cause) => {
        placed.add(cause.conditionKey);
        return { cause, below: grow(cause.conditionKey) };
      });
  return grow('');
}

/** How many things of each kind hang anywhere below a node. */
export function countBelow({ below }: CauseNode): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (node: CauseNode) => {
    const { kind } = node.cause.thing;
    counts[kind] = (counts[kind] ?? 0) + 1;
    node.below.forEach(count);
  };
  below.forEach(count);
  return counts;
}
