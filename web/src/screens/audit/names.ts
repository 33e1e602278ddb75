import { useTranslation } from 'react-i18next';
import type { operations } from '../../api/schema';
import type { AuditEvent } from '../../api/types';

/** What the trail names that is no operation of the contract. */
const others = [
  'purge_patient',
  'purge_study',
  'import',
  'reset_password',
  'create_first_administrator',
  'prune_audit_trail',
  'use_recovery_code',
  'throttle_login',
] as const;
/** Every operation has a text: the catalogues are typed, and one that is missing does not compile. */
type Action = keyof operations | (typeof others)[number];

/** Whom the trail knows to act. */
export const actors = ['user', 'api_key', 'system', 'anonymous'] as const;
type Actor = (typeof actors)[number];

/** What rows the trail is about; anything else keeps its name. */
export const resources = ['patient', 'study', 'user', 'api_key', 'role'] as const;
type Resource = (typeof resources)[number];

/** Outcomes that are looked for together, by the codes of the contract. */
export const outcomes = {
  success: 'success',
  denied: 'unauthenticated,forbidden,invalid_credentials,invalid_second_factor,too_many_requests',
  failed: 'internal_error,overloaded',
  abandoned: 'abandoned',
} as const;

/** What the trail's codes mean to people. */
export function useAuditNames() {
  const { t, i18n } = useTranslation();
  const isAction = (name: string): name is Action => i18n.exists(`audit.action.${name}`);
  const isResource = (name: string): name is Resource => resources.some((one) => one === name);
  const isActor = (name: string): name is Actor => actors.some((one) => one === name);
  const actor = (type: string) => (isActor(type) ? t(`audit.actors.${type}`) : type);
  return {
    action: (name: string) => (isAction(name) ? t(`audit.action.${name}`) : name),
    /** The kind of an actor. */
    actor,
    /** Who acted: the name it had then, else what kind of actor. */
    who: ({ actor_name, actor_type }: AuditEvent) => actor_name ?? actor(actor_type),
    resource: (name: string) => (isResource(name) ? t(`audit.resources.${name}`) : name),
    /** Every action by what it is called, for a choice. */
    actions: (): { value: string; label: string }[] => {
      const texts: Record<string, string> = i18n.getResource(i18n.language, 'translation', 'audit.action');
      const all = Object.entries(texts).map(([value, label]) => ({ value, label }));
      return all.sort((one, other) => one.label.localeCompare(other.label, i18n.language));
    },
  };
}
