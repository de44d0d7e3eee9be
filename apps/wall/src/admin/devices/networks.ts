import { Network } from '@siaga/contracts';

/** Networks as somebody writes them, one on each line; or the first line that is none. */
export function networksOf(text: string): { networks: string[] } | { wrong: string } {
  const lines = text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong = lines.find((line) => !Network.safeParse(line).success);
  return wrong === undefined ? { networks: [...new Set(lines)] } : { wrong };
}
