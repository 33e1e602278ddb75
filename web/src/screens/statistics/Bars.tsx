import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/format';

export interface Bar {
  key: string;
  label: string;
  value: number;
}

/** How many bars show at once; the others are folded away. */
const shown = 12;

/** Numbers as bars: a table, so that it is read aloud as one, whose bars are only drawn. */
export function Bars({ title, what, bars }: { title: string; what: string; bars: Bar[] }) {
  const { t } = useTranslation();
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  const rest = bars.slice(shown);
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {bars.length === 0 && <p className="dimmed">{t('statistics.none')}</p>}
      {bars.length > 0 && <Table title={title} what={what} bars={bars.slice(0, shown)} largest={largest} />}
      {rest.length > 0 && (
        <details>
          <summary>{t('statistics.more', { count: rest.length })}</summary>
          <Table title={title} what={what} bars={rest} largest={largest} />
        </details>
      )}
    </section>
  );
}

function Table({ title, what, bars, largest }: { title: string; what: string; bars: Bar[]; largest: number }) {
  const { number } = useFormats();
  return (
    <table className="bars">
      <caption className="visually-hidden">{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{what}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, label, value }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect width={Math.max(0.5, (100 * value) / largest)} height="1" />
              </svg>
              {number(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
