import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  children: ReactNode;
  /** Called on Escape and on the cross; without it only what the dialog holds puts it away. */
  onClose?: () => void;
  wide?: boolean;
  /** Whether nothing of the page is to be seen behind it. */
  covering?: boolean;
  /** Whether it is the dialog that is printed, and not the page. */
  printed?: boolean;
}

/**
 * A dialog over the page. The browser's own: the page behind is inert, the focus stays inside and goes back afterwards.
 * It is open as long as it is rendered.
 */
export function Dialog({ title, children, onClose, wide = false, covering = false, printed = false }: Props) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // Browsers let a page refuse only some of the wishes to close.
  const closed = () => {
    const dialog = element.current;
    if (!dialog || dialog.open) return;
    if (onClose) onClose();
    else dialog.showModal();
  };
  return (
    <dialog
      ref={element}
      className="dialog"
      data-wide={wide || undefined}
      data-covering={covering || undefined}
      data-printed={printed || undefined}
      aria-labelledby={heading}
      closedby={onClose ? 'closerequest' : 'none'}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !onClose) event.preventDefault();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={closed}
    >
      <div className="dialog-header">
        <h2 id={heading}>{title}</h2>
        {onClose && <CloseButton aria-label={t('action.close')} onClick={onClose} />}
      </div>
      {children}
    </dialog>
  );
}
