import { useTranslation } from 'react-i18next';

/** What people call a field of a patient or a study; what is none of theirs keeps its name. */
export function useFieldName(): (name: string) => string {
  const { i18n } = useTranslation();
  return (name) => {
    const texts = ['patient', 'study'].map((kind): unknown =>
      i18n.getResource(i18n.language, 'translation', `fields.${kind}.${name}`),
    );
    return texts.find((text) => typeof text === 'string') ?? name;
  };
}
