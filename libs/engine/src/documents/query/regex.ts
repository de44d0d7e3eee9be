import { RegularExpression, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';

/**
 * A test for text from a BSON regular expression. MongoDB uses PCRE, this the JavaScript engine: a pattern that
 * JavaScript cannot read is refused, and so are the options x, which it does not have.
 */
export function regexTest({ pattern, options }: RegularExpression): (value: Value | undefined) => boolean {
  for (const option of options)
    if (!'imsu'.includes(option)) throw new Refusal('BadValue', `invalid flag in regex options: ${option}`);
  const expression = compile(pattern, options.replaceAll('u', ''));
  return (value) =>
    (typeof value === 'string' && expression.test(value)) ||
    (value instanceof RegularExpression && value.pattern === pattern && value.options === options);
}

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    return compileLoosely(pattern, flags);
  }
}

/** PCRE allows needless escapes (`\-`), which JavaScript only takes without its u flag. */
function compileLoosely(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw new Refusal('InvalidRegex', `Regular expression is invalid: ${pattern}`);
  }
}
