import { ActionIcon, Popover } from '@mantine/core';
import { DatePicker as Calendar } from '@mantine/dates';
import 'dayjs/locale/fr';
import 'dayjs/locale/en-gb';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../shell/preferences';
import { IconCalendar } from './icons';

interface Props {
  label: string;
  /** The day shown, as an ISO date. */
  value: string | null;
  onPick: (day: string) => void;
}

/** A button that opens a calendar. Read when the first form is: most days are typed. */
export default function DatePicker({ label, value, onPick }: Props) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const pick = (day: string | null) => {
    setOpen(false);
    if (day) onPick(day);
  };
  return (
    <Popover opened={open} onChange={setOpen} trapFocus returnFocus position="bottom-end" withinPortal={false}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setOpen(!open)}>
          <IconCalendar size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      {/* Escape closes the calendar, and not the form as well. */}
      <Popover.Dropdown onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}>
        <Calendar
          value={value}
          {...(value ? { defaultDate: value } : {})}
          hideOutsideDates
          onChange={pick}
          locale={language === 'en' ? 'en-gb' : 'fr'}
          ariaLabels={{
            previousMonth: t('calendar.previous_month'),
            nextMonth: t('calendar.next_month'),
            previousYear: t('calendar.previous_year'),
            nextYear: t('calendar.next_year'),
            previousDecade: t('calendar.previous_decade'),
            nextDecade: t('calendar.next_decade'),
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
