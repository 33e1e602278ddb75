import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api/types';
import { ButtonLink } from '../../ui/ButtonLink';
import { Dialog } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { useFormats } from '../../ui/format';
import { useFieldName } from '../records/useFieldName';
import { useAuditNames } from './names';
import { OutcomeBadge } from './OutcomeBadge';

/** All that the trail has of an event, and the ways from there. */
export function EventDialog({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const { t } = useTranslation();
  const { moment, number, list } = useFormats();
  const names = useAuditNames();
  const fieldName = useFieldName();
  const { resource_type, resource_id, patient_fk, version_before: before, version_after: after } = event;
  const actor = event.actor_id
    ? `${names.who(event)} (${t('audit.row', { kind: names.actor(event.actor_type), id: event.actor_id })})`
    : names.who(event);
  return (
    <Dialog title={names.action(event.action)} onClose={onClose} wide>
      <Facts
        facts={[
          { label: t('audit.at'), value: moment(event.at) },
          { label: t('audit.actor'), value: <span translate="no">{actor}</span> },
          { label: t('audit.outcome'), value: <OutcomeBadge outcome={event.outcome} /> },
          {
            label: t('audit.resource'),
            value: resource_type && resource_id && <Resource kind={resource_type} id={resource_id} />,
          },
          {
            label: t('audit.patient'),
            value: patient_fk && resource_type !== 'patient' && <Resource kind="patient" id={patient_fk} />,
          },
          {
            label: t('audit.versions'),
            value: before && after ? t('audit.from_to', { before, after }) : (after ?? before),
          },
          { label: t('audit.changed'), value: list(event.changed.map(fieldName)), wide: true },
          { label: t('audit.parameters'), value: list(event.parameters.map(fieldName)), wide: true },
          { label: t('audit.results'), value: event.results != null && number(event.results) },
          { label: t('audit.details'), value: event.details && <Details details={event.details} />, wide: true },
          { label: t('audit.address'), value: event.address && <span className="number">{event.address}</span> },
          {
            label: t('audit.request_id'),
            value: event.request_id && <span className="number">{event.request_id}</span>,
          },
          { label: t('audit.number'), value: <span className="number">{event.id}</span> },
          { label: t('audit.user_agent'), value: event.user_agent, wide: true },
        ]}
      />
      <div className="actions">
        {event.actor_id && (
          <ButtonLink
            variant="default"
            to="/audit"
            search={{ actor_type: event.actor_type, actor_id: event.actor_id }}
            onClick={onClose}
          >
            {t('audit.same_actor')}
          </ButtonLink>
        )}
        {patient_fk && (
          <ButtonLink variant="default" to="/audit" search={{ patient_fk }} onClick={onClose}>
            {t('audit.same_patient')}
          </ButtonLink>
        )}
      </div>
    </Dialog>
  );
}

/** A row that an event is about, and the way to its page where it has one. */
function Resource({ kind, id }: { kind: string; id: number }) {
  const { t } = useTranslation();
  const text = t('audit.row', { kind: useAuditNames().resource(kind), id });
  const to = ({ patient: '/patients/$id', study: '/studies/$id', user: '/users/$id' } as const)[kind];
  return to ? (
    <Link to={to} params={{ id }}>
      {text}
    </Link>
  ) : (
    text
  );
}

function Details({ details }: { details: Record<string, unknown> }) {
  return Object.entries(details).map(([name, value]) => (
    <div key={name}>
      <code>{`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`}</code>
    </div>
  ));
}
