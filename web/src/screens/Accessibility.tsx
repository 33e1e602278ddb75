import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/PageHeader';

/** The accessibility statement that public bodies owe (RGAA). */
export function Accessibility() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('accessibility.title')}>{t('accessibility.title')}</PageHeader>
      <div className="card prose">
        <p>{t('accessibility.intro')}</p>
        <h2>{t('accessibility.state')}</h2>
        <p>{t('accessibility.state_text')}</p>
        <h2>{t('accessibility.tested')}</h2>
        <p>{t('accessibility.tested_text')}</p>
        <h2>{t('accessibility.known')}</h2>
        <ul>
          <li>{t('accessibility.known_automatic')}</li>
          <li>{t('accessibility.known_readers')}</li>
          <li>{t('accessibility.known_calendar')}</li>
          <li>{t('accessibility.known_swagger')}</li>
        </ul>
        <h2>{t('accessibility.contact')}</h2>
        <p>{t('accessibility.contact_text')}</p>
      </div>
    </>
  );
}
