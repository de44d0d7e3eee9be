import { format } from 'prettier';
import { formatted, verdict, goalText, type Figure } from './figure.ts';

/** What one bench measured, and when. */
export interface Section {
  name: string;
  /** What it does, in a sentence or two. */
  about: string;
  /** `2026-11-22` */
  day: string;
  machine: string;
  figures: readonly Figure[];
}

const HEAD = `# Measured

What \`npm run bench\` measured last: figure, goal, whether it was kept. Written by the benches themselves, each its own
section; a bench that was run alone renews only that one. The load runs on the machine that is measured, so times are worse
than a gateway of its own would show; times of different machines do not compare, ratios from one run do. What is **missed**
stays here until it is mended.
`;

/** The report with these sections in place of older ones of the same name; `known` is the report so far. */
export function reportWith(known: string, sections: readonly Section[]): Promise<string> {
  const parts = new Map(
    known
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (\S+)/.exec(text)?.[1] ?? '', text]),
  );
  for (const section of sections) parts.set(section.name, textOf(section));
  const body = [...parts].toSorted(([one], [other]) => one.localeCompare(other)).map(([, text]) => text);
  return format([HEAD, ...body].join('\n'), { parser: 'markdown', printWidth: 120 });
}

function textOf({ name, about, day, machine, figures }: Section): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${formatted(figure.value)} ${figure.unit}`,
    goalText(figure),
    verdict(figure).replace('MISSED', '**missed**'),
  ]);
  const table = [['what', 'figure', 'goal', ''], ['---', '---', '---', '---'], ...rows];
  const lines = table.map((row) => `| ${row.join(' | ')} |`);
  return `## ${name}\n\n${about}\n\n${day}, ${machine}\n\n${lines.join('\n')}\n`;
}
