import { Fault } from '@siaga/contracts';
import type { Dictionary } from './dictionary.ts';
import type { Format, Language } from './format.ts';

/** The half of a server's sentence in this language: `… · …`, Bahasa first. Undefined for a sentence in one language only. */
export function inLanguage(message: string, language: Language): string | undefined {
  const half = halfIn(message, language);
  return half === undefined ? undefined : sentence(half);
}

/** The same of what is no sentence. */
export function halfIn(words: string, language: Language): string | undefined {
  const [id, en, ...more] = words.split(' · ');
  if (id === undefined || en === undefined || more.length > 0) return undefined;
  return language === 'id' ? id : en;
}

/**
 * What a service says of a thing, `… · …`, in this language. What stands in brackets at its very end, a code mostly, belongs
 * to both; a sentence in one language only is shown as it is.
 */
export function detailIn(detail: string, language: Language): string {
  const half = halfIn(detail, language);
  if (half === undefined) return detail;
  const [code = ''] = / \([^()]*\)$/.exec(detail) ?? [];
  return half.endsWith(code) ? half : half + code;
}

/** What went wrong, for the person who pressed. */
export function faultWords(
  error: unknown,
  { language, text, format }: { language: Language; text: Dictionary; format: Format },
): string {
  if (!(error instanceof Fault)) return text.failed(String(error));
  const words = text.session;
  switch (error.kind) {
    case 'unavailable':
      return words.noAnswer;
    case 'too-many':
      return words.tooMany(format.duration(error.retryAfterS * 1000));
    case 'unauthenticated':
      return inLanguage(error.message, language) ?? words.outOver;
    case 'not-found':
      return inLanguage(error.message, language) ?? words.notThere;
    case 'forbidden':
      return inLanguage(error.message, language) ?? words.notAllowed;
    case 'conflict':
      return inLanguage(error.message, language) ?? words.changedMeanwhile;
    default:
      return issuesOf(error, language) ?? inLanguage(error.message, language) ?? text.failed(error.message);
  }
}

/** What is wrong at each field, when the server said it of fields. */
function issuesOf({ issues }: Fault, language: Language): string | undefined {
  if (issues.length === 0) return undefined;
  return issues.map(({ message }) => inLanguage(message, language) ?? sentence(message)).join(' ');
}

/** With a capital and an end. */
function sentence(words: string): string {
  const said = words.trim();
  return said.charAt(0).toUpperCase() + said.slice(1) + (/[.!?…]$/.test(said) ? '' : '.');
}
