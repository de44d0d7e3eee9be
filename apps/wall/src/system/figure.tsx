/** One number with its unit, and below it what it is. */
export function Figure({ value, name, tone = 'calm' }: { value: string; name: string; tone?: 'calm' | 'attention' }) {
  return (
    <p className="figure" data-tone={tone}>
      <strong>{value}</strong> <span>{name}</span>
    </p>
  );
}
