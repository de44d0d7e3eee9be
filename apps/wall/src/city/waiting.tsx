/** In both languages: before the city answers nobody knows which one is wanted. */
const waitingFor = { unreachable: 'Menunggu server kota… · Waiting for the city’s server…' };

/** Nothing to show yet, and why. */
export function Waiting({ trouble }: { trouble: keyof typeof waitingFor | null }) {
  return (
    <main className="waiting">
      <h1>Siaga</h1>
      <p role="status">{trouble !== null && waitingFor[trouble]}</p>
    </main>
  );
}
