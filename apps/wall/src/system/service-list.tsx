import { useSpeech } from '../text/speech.tsx';
import { ServiceRow } from './service-row.tsx';
import { useSystem } from './system-context.tsx';

/** One row for each process that reports; what needs somebody comes first. */
export function ServiceList() {
  const { text, format } = useSpeech();
  const { services, atMs } = useSystem();
  if (atMs === undefined) return null;
  return (
    <section aria-labelledby="services-heading">
      <header className="section-head">
        <h3 id="services-heading">{text.system.services}</h3>
        <span>{format.number(services.length)}</span>
      </header>
      <ul className="services" aria-labelledby="services-heading">
        {services.map((service) => (
          <li key={service.key}>
            <ServiceRow service={service} atMs={atMs} />
          </li>
        ))}
      </ul>
    </section>
  );
}
