import type { ReportAnswer, StreetTrouble } from '@siaga/contracts';
import type { AnswerLink, Code } from './code.ts';

/** What somebody below a pole tells. */
export interface FromPole extends Code {
  trouble: StreetTrouble;
  text?: string;
  reporterName?: string;
  reporterPhone?: string;
  /** Opens the answer; the same on a repeat, so that nothing counts twice. */
  key: string;
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Resolves once the city has it. Rejects with a sentence for who reads it, or with a failure of the network. */
export const report = async (told: FromPole): Promise<void> => {
  await ask('reports', told);
};

/** What became of it. */
export const answerOf = ({ city, key }: AnswerLink): Promise<ReportAnswer> =>
  ask('answers', { city, key }) as Promise<ReportAnswer>;

/** The city said no, and why. */
export class Refusal extends Error {}

/** As nobody: an operator who tries the page is not known by his session. */
async function ask(noun: 'reports' | 'answers', body: object): Promise<unknown> {
  const response = await fetch(`/api/street/public/${noun}`, {
    ...{ method: 'POST', credentials: 'omit', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok) throw new Refusal(answer.detail ?? `HTTP ${String(response.status)}`);
  return answer;
}
