/** Settings of a start that a person typed and has to type again; secrets stay out of what is printed. */
const kept = ['SIAGA_DATA', 'SIAGA_CITY', 'HOST', 'PORT'] as const;

/** The line that starts the city on the network as it was asked for so far, with `more` settings. */
export function startLine(env: Readonly<Record<string, string | undefined>>, more: Record<string, string>): string {
  const given = kept.map((name) => [name, env[name] ?? ''] as const).filter(([, value]) => value !== '');
  const settings = [...given, ...Object.entries(more)].map(([name, value]) => `${name}=${quoted(value)}`);
  return `${settings.join(' ')} npm start -- --lan`;
}

/** A word for a POSIX shell. */
export const quoted = (value: string) =>
  /^[\w./:,@-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
